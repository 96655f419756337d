namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>The names of the elements that are open, innermost last.</summary>
internal sealed class OpenElements
{
    private readonly int[] _starts = new int[ExtractionLimits.MaxDepth];
    private byte[] _names = new byte[1024];
    private int _length;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The innermost one's name.</summary>
    public ReadOnlySpan<byte> Top => _names.AsSpan(_starts[Count - 1], _length - _starts[Count - 1]);

    /// <summary>Opens one.</summary>
    /// <exception cref="ExtractionLimitException">Too many are open.</exception>
    public void Push(ReadOnlySpan<byte> name)
    {
        if (Count == _starts.Length)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooDeep);
        }
        if (_length + name.Length > _names.Length)
        {
            Array.Resize(ref _names, Math.Max(_names.Length * 2, _length + name.Length));
        }
        name.CopyTo(_names.AsSpan(_length));
        _starts[Count++] = _length;
        _length += name.Length;
    }

    /// <summary>Closes the innermost one.</summary>
    public void Pop() => _length = _starts[--Count];
}

namespace PyAirtable.Gateway.Relaying;

/// <summary>The elements of an array of compact JSON, in order.</summary>
internal ref struct JsonElements
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>The elements of <paramref name="json"/>, an array.</summary>
    public JsonElements(ReadOnlySpan<byte> json) => _rest = json[1..];

    /// <summary>The element.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Takes the next element; false where there is none.</summary>
    public bool Next()
    {
        if (_rest is [(byte)',', .. var others])
        {
            _rest = others;
        }
        if (_rest[0] == ']')
        {
            return false;
        }
        Value = _rest[..CompactJson.LengthOf(_rest)];
        _rest = _rest[Value.Length..];
        return true;
    }
}

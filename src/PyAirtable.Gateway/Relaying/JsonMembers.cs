namespace PyAirtable.Gateway.Relaying;

/// <summary>The members of an object of compact JSON, in order.</summary>
internal ref struct JsonMembers
{
    private readonly ReadOnlySpan<byte> _json;
    private int _next = 1;

    /// <summary>The members of <paramref name="json"/>, an object.</summary>
    public JsonMembers(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>The key as it is written, without its quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Where the value begins in the object.</summary>
    public int ValueStart { get; private set; }

    /// <summary>Takes the next member; false where there is none.</summary>
    public bool Next()
    {
        if (_json[_next] == ',')
        {
            _next++;
        }
        if (_json[_next] == '}')
        {
            return false;
        }
        var name = CompactJson.LengthOf(_json[_next..]);
        Name = _json.Slice(_next + 1, name - 2);
        ValueStart = _next + name + 1;
        Value = _json.Slice(ValueStart, CompactJson.LengthOf(_json[ValueStart..]));
        _next = ValueStart + Value.Length;
        return true;
    }
}

namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>Goes through the attributes of a start tag. Names are as written, values are raw: <see cref="XmlText"/> makes text of them.</summary>
internal ref struct XmlAttributes(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>The attribute's name, with its prefix.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The name without its prefix.</summary>
    public readonly ReadOnlySpan<byte> LocalName => Name[(Name.IndexOf((byte)':') + 1)..];

    /// <summary>Its value as written between the quotes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next one; false after the last.</summary>
    /// <exception cref="InvalidDataException">The tag is not well-formed.</exception>
    public bool Next()
    {
        SkipBlanks();
        if (_rest.IsEmpty)
        {
            return false;
        }
        // Names are short: a search by vectors takes longer.
        var length = 0;
        while (length < _rest.Length && _rest[length] is not ((byte)'=' or <= (byte)' '))
        {
            length++;
        }
        if (length == 0)
        {
            throw XmlScanner.Malformed();
        }
        Name = _rest[..length];
        _rest = _rest[length..];
        SkipBlanks();
        if (_rest is not [(byte)'=', ..])
        {
            throw XmlScanner.Malformed();
        }
        _rest = _rest[1..];
        SkipBlanks();
        if (_rest is not [(byte)'"' or (byte)'\'', ..])
        {
            throw XmlScanner.Malformed();
        }
        length = _rest[1..].IndexOf(_rest[0]);
        if (length < 0)
        {
            throw XmlScanner.Malformed();
        }
        Value = _rest.Slice(1, length);
        _rest = _rest[(length + 2)..];
        return true;
    }

    private void SkipBlanks()
    {
        while (_rest is [(byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..])
        {
            _rest = _rest[1..];
        }
    }
}

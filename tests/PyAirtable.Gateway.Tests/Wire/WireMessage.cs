namespace PyAirtable.Gateway.Tests.Wire;

/// <summary>A request or an answer as it was on the wire; all text is Latin-1, so every byte shows.</summary>
/// <param name="Start">Request line or status line.</param>
/// <param name="Headers">Header lines in their order.</param>
/// <param name="Body">Body without its framing.</param>
/// <param name="IsWhole">False where the connection ended within it.</param>
internal sealed record WireMessage(string Start, IReadOnlyList<(string Name, string Value)> Headers, string Body, bool IsWhole)
{
    /// <summary>Status of an answer.</summary>
    public int Status => int.Parse(Start.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Method of a request.</summary>
    public string Method => Start.Split(' ')[0];

    /// <summary>Target of a request.</summary>
    public string Target => Start.Split(' ')[1];

    /// <summary>All values of a header, joined by <c>|</c>; null where there is none.</summary>
    public string? Header(string name)
    {
        var values = Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList();
        return values.Count == 0 ? null : string.Join('|', values);
    }

    public override string ToString() =>
        $"{Start}\n{string.Join('\n', Headers.Select(header => $"{header.Name}: {header.Value}"))}\n\n{Body}{(IsWhole ? "" : "<broken off>")}";
}

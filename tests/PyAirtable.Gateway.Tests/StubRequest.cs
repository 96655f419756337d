namespace PyAirtable.Gateway.Tests;

/// <summary>A request as a stub upstream saw it on the wire.</summary>
internal sealed record StubRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>All values of a header, joined; null where it was not sent.</summary>
    public string? Header(string name)
    {
        var values = Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }

    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

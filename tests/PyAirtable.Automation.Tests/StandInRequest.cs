namespace PyAirtable.Automation.Tests;

/// <summary>What a <see cref="StandIn"/> was asked.</summary>
/// <param name="Target">Path and query as they were sent.</param>
internal sealed record StandInRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

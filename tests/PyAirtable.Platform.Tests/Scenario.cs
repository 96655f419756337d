namespace PyAirtable.Platform.Tests;

/// <summary>One row of a contract table: a request and the answer that it must have.</summary>
/// <param name="Name">What is shown, unique in its table.</param>
/// <param name="Request">Method and path.</param>
/// <param name="Body">JSON, or null for none.</param>
/// <param name="Headers"><c>Name: value</c>, one a line; the API key is added where they have none.</param>
/// <param name="Status">Status of the answer.</param>
/// <param name="Answer">Body of the answer.</param>
internal sealed record Scenario(string Name, string Request, string? Body, string Headers, int Status, string Answer)
{
    public static TheoryData<string> Names(IEnumerable<Scenario> scenarios) => [.. scenarios.Select(scenario => scenario.Name)];
}

namespace PyAirtable.Gateway.Tests;

/// <summary>One row of a contract table.</summary>
public sealed record Scenario(string Name, string Method, string Path, string[] Headers, string? Body, int Status, string? Expected)
{
    public override string ToString() => Name;
}

using Xunit.v3;

namespace PyAirtable.Automation.Tests;

/// <summary>Names the rows of the automation contract that a test shows to hold: <c>9.5</c>, <c>D19</c>. <c>-trait "Contract=D19"</c> runs the tests of one.</summary>
/// <param name="rows">Rows as <see cref="ChecklistTests.Rows"/> has them.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ContractAttribute(params string[] rows) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Rows => rows;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. rows.Select(static row => KeyValuePair.Create("Contract", row))];
}

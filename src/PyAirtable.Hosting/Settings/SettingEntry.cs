namespace PyAirtable.Hosting.Settings;

/// <summary>One setting as it was declared and read: what <c>config show</c> prints and the settings reference lists.</summary>
/// <param name="Section">Part of the product that reads it, such as <c>Gateway</c>.</param>
/// <param name="Name">Environment variable.</param>
/// <param name="Aliases">Other variables taken when <paramref name="Name"/> is unset, in order.</param>
/// <param name="Accepts">What values it takes, as one phrase.</param>
/// <param name="Default">Text of the default; empty for none.</param>
/// <param name="Description">What it does.</param>
/// <param name="IsSecret">True if its value is never shown and may come from a file named by <c>NAME_FILE</c>.</param>
/// <param name="Value">Text in force.</param>
/// <param name="Origin">Where the text came from: <c>default</c>, <c>environment</c>, <c>.env</c>, a file.</param>
public sealed record SettingEntry(
    string Section,
    string Name,
    IReadOnlyList<string> Aliases,
    string Accepts,
    string Default,
    string Description,
    bool IsSecret,
    string Value,
    string Origin)
{
    /// <summary>The value for people: masked when secret.</summary>
    public string Display => IsSecret && Value.Length > 0 ? "***" : UrlMask.Apply(Value);
}

namespace PyAirtable.Hosting.Settings;

/// <summary>The declaration of one setting.</summary>
/// <param name="Name">Environment variable.</param>
/// <param name="Description">What it does, as one sentence.</param>
/// <param name="Accepts">What it takes, as one phrase.</param>
public sealed record Setting(string Name, string Description, string Accepts = "text")
{
    /// <summary>Other variables taken when <see cref="Name"/> is unset, in order.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>True for a value that is never shown and may come from <c>NAME_FILE</c>.</summary>
    public bool IsSecret { get; init; }
}

namespace PyAirtable.Hosting.Settings;

/// <summary>A place that settings come from. Earlier layers win.</summary>
/// <param name="Origin">Its name for people.</param>
/// <param name="Find">The text of a variable, or null where this place has none.</param>
public sealed record SettingLayer(string Origin, Func<string, string?> Find)
{
    /// <summary>Files that it reads, there or not.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The process environment.</summary>
    public static SettingLayer Environment { get; } = new("environment", System.Environment.GetEnvironmentVariable);

    /// <summary>Fixed values, such as an executable's own defaults.</summary>
    public static SettingLayer Of(string origin, IReadOnlyDictionary<string, string> values) =>
        new(origin, name => values.GetValueOrDefault(name));
}

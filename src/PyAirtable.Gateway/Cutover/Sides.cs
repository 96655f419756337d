namespace PyAirtable.Gateway.Cutover;

/// <summary>The sides by their names in settings, headers, metrics and answers.</summary>
internal static class Sides
{
    /// <summary><c>python</c> or <c>native</c>.</summary>
    public static string NameOf(Side side) => side == Side.Native ? "native" : "python";

    /// <summary>The one that a side is not.</summary>
    public static Side Other(Side side) => side == Side.Native ? Side.Python : Side.Native;

    /// <summary>The side of a name, in any case; null for no name of one.</summary>
    public static Side? Find(string? name) =>
        "native".Equals(name, StringComparison.OrdinalIgnoreCase) ? Side.Native
        : "python".Equals(name, StringComparison.OrdinalIgnoreCase) ? Side.Python
        : null;
}

namespace PyAirtable.Automation.Files;

/// <summary>Names under which files are stored: <c>&lt;uuid4&gt;&lt;ext&gt;</c> (automation contract 2.2). They are ours; a client's name never reaches a storage.</summary>
internal static class StoredName
{
    /// <summary>A name that no file has.</summary>
    public static string New(string extension) => Guid.NewGuid() + extension;

    /// <summary>Whether a name is one of these.</summary>
    public static bool IsOne(ReadOnlySpan<char> name) => !name.Contains('/') && Guid.TryParseExact(Path.GetFileNameWithoutExtension(name), "D", out _);
}

namespace PyAirtable.Automation.Replies;

/// <summary>The statuses of one kind of record: upper case as stored, lower case as clients see them.</summary>
/// <param name="stored">All of them, in the contract's order.</param>
internal sealed class StatusNames(params string[] stored)
{
    private readonly string[] _shown = Array.ConvertAll(stored, static status => status.ToLowerInvariant());

    /// <summary>All of them as clients see them.</summary>
    public IReadOnlyList<string> Shown => _shown;

    /// <summary>The stored form of a client's status; null when it is none.</summary>
    public string? Stored(string shown) => Array.IndexOf(_shown, shown) is >= 0 and var place ? stored[place] : null;
}

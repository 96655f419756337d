namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>What signs requests.</summary>
/// <param name="Id">Says whose it is; travels with each request.</param>
/// <param name="Secret">Never leaves the process.</param>
/// <param name="SessionToken">Travels with each request; empty for none.</param>
/// <param name="Expires">When it is worth nothing any more.</param>
internal sealed record AccessKeys(string Id, string Secret, string SessionToken, DateTimeOffset Expires)
{
    /// <summary>Nothing of it, wherever it may be written.</summary>
    public override string ToString() => nameof(AccessKeys);
}

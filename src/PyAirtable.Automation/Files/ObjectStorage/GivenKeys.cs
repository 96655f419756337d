namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>Keys that the settings have.</summary>
internal sealed class GivenKeys(AccessKeys keys) : IAccessKeySource
{
    public ValueTask<AccessKeys> GetAsync(CancellationToken cancel) => new(keys);

    public void Forget(AccessKeys expired)
    {
        // There are no others.
    }
}

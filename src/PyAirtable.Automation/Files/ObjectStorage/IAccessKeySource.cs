namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>Where the keys come from that sign requests.</summary>
internal interface IAccessKeySource
{
    /// <summary>Keys that are good for a while.</summary>
    /// <exception cref="StorageUnavailableException">There are none at the moment.</exception>
    ValueTask<AccessKeys> GetAsync(CancellationToken cancel);

    /// <summary>Tells that the storage took keys for expired, whatever their time says.</summary>
    void Forget(AccessKeys expired);
}

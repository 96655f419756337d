namespace PyAirtable.Automation.Files;

/// <summary>The bytes of uploaded files, each under its stored name. A name is written once and never again.</summary>
internal interface IFileStorage
{
    /// <summary>Where a file is, as its record says it.</summary>
    string LocationOf(string filename);

    /// <summary>Stores a received file under a name. Until this returns nobody sees a file of that name, or a part of one; from then on it is durable.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not take it; it may be there all the same.</exception>
    Task KeepAsync(ReceivedFile received, string filename, CancellationToken cancel);

    /// <summary>A file on this machine's disk, for who can read no other. The caller disposes it.</summary>
    /// <param name="filename">Stored name.</param>
    /// <param name="size">Bytes that it has.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="FileNotFoundException">There is none, where the storage looks before it answers.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not give it.</exception>
    Task<LocalFile> OpenAsync(string filename, long size, CancellationToken cancel);

    /// <summary>Removes a file; it may be gone already.</summary>
    /// <exception cref="StorageUnavailableException">It may still be there.</exception>
    Task RemoveAsync(string filename, CancellationToken cancel);

    /// <summary>Names of the files that were stored before a time.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not tell.</exception>
    IAsyncEnumerable<string> ListAsync(DateTime before, CancellationToken cancel);
}

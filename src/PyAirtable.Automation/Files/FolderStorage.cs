namespace PyAirtable.Automation.Files;

/// <summary>Stored files in the upload folder itself: a received file is flushed and renamed to its stored name.</summary>
internal sealed class FolderStorage(UploadFolder folder) : IFileStorage
{
    public string LocationOf(string filename) => folder.PathOf(filename);

    public Task KeepAsync(ReceivedFile received, string filename, CancellationToken cancel)
    {
        received.Temporary.Flush(flushToDisk: true);
        received.Temporary.Dispose();
        File.Move(received.Temporary.Name, folder.PathOf(filename));
        folder.Flush();
        return Task.CompletedTask;
    }

    public Task<LocalFile> OpenAsync(string filename, long size, CancellationToken cancel) =>
        Task.FromResult(new LocalFile(folder.PathOf(filename), isCopy: false));

    public Task RemoveAsync(string filename, CancellationToken cancel)
    {
        folder.Remove(filename);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> ListAsync(DateTime before, CancellationToken cancel) =>
        folder.ListUnchangedSince(before).Where(static name => StoredName.IsOne(name)).ToAsyncEnumerable();
}

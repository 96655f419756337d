using System.Runtime.CompilerServices;
using PyAirtable.Automation.Outbound;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>
/// Stored files as objects of a bucket. A file is on this machine's disk before it is sent, in one request whose hash is known: it can
/// be sent again, and the storage shows it whole or not at all.
/// </summary>
/// <param name="client">Sends requests.</param>
/// <param name="bucket">Where objects are.</param>
/// <param name="folder">Where copies go.</param>
internal sealed class BucketStorage(BucketClient client, Bucket bucket, UploadFolder folder) : IFileStorage
{
    private const int ChunkBytes = 64 * 1024;
    private const int MaxPageBytes = 8 * 1024 * 1024;

    public string LocationOf(string filename) => bucket + filename;

    public Task KeepAsync(ReceivedFile received, string filename, CancellationToken cancel)
    {
        received.Temporary.Dispose();
        var request = new BucketRequest(HttpMethod.Put, bucket.UrlOf(filename)) { BodyPath = received.Temporary.Name, BodyHash = received.Hash, Bytes = received.Size };
        return client.SendAsync(request, static (_, _) => Task.FromResult(true), cancel);
    }

    public async Task<LocalFile> OpenAsync(string filename, long size, CancellationToken cancel)
    {
        var copy = folder.OpenTemporary(FileType.Extension(filename));
        try
        {
            await client.SendAsync(
                new BucketRequest(HttpMethod.Get, bucket.UrlOf(filename)) { Bytes = size },
                (answer, token) => CopyAsync(answer.Content, copy, size, token),
                cancel);
            await copy.DisposeAsync();
            return new LocalFile(copy.Name, isCopy: true);
        }
        catch
        {
            UploadFolder.Discard(copy);
            throw;
        }
    }

    public async Task RemoveAsync(string filename, CancellationToken cancel)
    {
        try
        {
            await client.SendAsync(new BucketRequest(HttpMethod.Delete, bucket.UrlOf(filename)), static (_, _) => Task.FromResult(true), cancel);
        }
        catch (FileNotFoundException)
        {
            // Some storages say so; it is gone.
        }
    }

    public async IAsyncEnumerable<string> ListAsync(DateTime before, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? continuation = null;
        do
        {
            var page = await client.SendAsync(new BucketRequest(HttpMethod.Get, bucket.ListUrl(continuation)), ReadPageAsync, cancel);
            foreach (var (key, storedAt) in page.Objects)
            {
                if (storedAt < before && key.StartsWith(bucket.Prefix, StringComparison.Ordinal) && StoredName.IsOne(key.AsSpan(bucket.Prefix.Length)))
                {
                    yield return key[bucket.Prefix.Length..];
                }
            }
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    // Each attempt begins anew.
    private static async Task<bool> CopyAsync(HttpContent content, FileStream copy, long size, CancellationToken cancel)
    {
        copy.SetLength(0);
        copy.Position = 0;
        await using var body = await content.ReadAsStreamAsync(cancel);
        var chunk = new byte[ChunkBytes];
        while (copy.Position <= size && await body.ReadAsync(chunk, cancel) is > 0 and var count)
        {
            await copy.WriteAsync(chunk.AsMemory(0, count), cancel);
        }
        return copy.Position == size ? true : throw new StorageUnavailableException("object storage: an object has another size than its file had", mayPass: false);
    }

    private static async Task<BucketPage> ReadPageAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return BucketPage.Read(new MemoryStream(await BoundedBody.ReadAsync(answer.Content, MaxPageBytes, cancel) ?? []));
        }
        catch (Exception e) when (e is InvalidDataException or ExtractionLimitException)
        {
            throw new StorageUnavailableException("object storage: the list of objects cannot be read", mayPass: false);
        }
    }
}

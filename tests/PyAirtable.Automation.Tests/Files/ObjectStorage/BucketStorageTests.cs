using System.Security.Cryptography;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Files.ObjectStorage;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

/// <summary>Files in a real S3-compatible server, which verifies every signature.</summary>
public sealed class BucketStorageTests(ObjectStorageServer server) : IClassFixture<ObjectStorageServer>, IAsyncLifetime
{
    private readonly StorageConnections _connections = new();
    private readonly string _path = Directory.CreateTempSubdirectory("pyairtable-copies-").FullName;
    private readonly string _prefix = $"a/b=c/$1~{Guid.NewGuid()}/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private UploadFolder Folder => new(_path);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        Directory.Delete(_path, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task Keep_File_ComesBackByteForByteAsACopy(int size)
    {
        var storage = Storage();
        var content = new byte[size];
        new Random(size).NextBytes(content);
        var name = StoredName.New(".PDF");
        await KeepAsync(storage, name, content);

        using (var copy = await storage.OpenAsync(name, size, Token))
        {
            Assert.EndsWith(".PDF", copy.Path, StringComparison.Ordinal);
            Assert.Equal(content, await File.ReadAllBytesAsync(copy.Path, Token));
        }
        Assert.Empty(Directory.GetFiles(_path));
        Assert.Equal($"s3://{ObjectStorageServer.Bucket}/{_prefix}{name}", storage.LocationOf(name));
        Assert.Contains(_prefix + name, server.Keys);
    }

    [Fact]
    public async Task Open_Missing_IsNotFoundAndLeavesNoCopy()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => Storage().OpenAsync(StoredName.New(".pdf"), 1, Token));

        Assert.Empty(Directory.GetFiles(_path));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100_000)]
    public async Task Open_ObjectOfAnotherSize_IsRefused(int size)
    {
        var name = StoredName.New(".txt");
        await KeepAsync(Storage(), name, new byte[50_000]);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Storage().OpenAsync(name, size, Token));
        Assert.Empty(Directory.GetFiles(_path));
    }

    [Fact]
    public async Task Remove_Twice_IsFine()
    {
        var name = StoredName.New(".txt");
        await KeepAsync(Storage(), name, [1]);
        await Storage().RemoveAsync(name, Token);
        await Storage().RemoveAsync(name, Token);

        Assert.DoesNotContain(_prefix + name, server.Keys);
    }

    [Fact]
    public async Task List_OldAndNew_GivesOurOldOnes()
    {
        var storage = Storage();
        string[] names = [StoredName.New(".a"), StoredName.New(".b"), "README.txt", "below/" + StoredName.New(".c")];
        foreach (var name in names)
        {
            await KeepAsync(storage, name, [1]);
            File.SetLastWriteTimeUtc(server.PathOf(_prefix + name), DateTime.UtcNow.AddHours(name == names[1] ? 0 : -2));
        }

        Assert.Equal([names[0]], await storage.ListAsync(DateTime.UtcNow.AddHours(-1), Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData("wrong", "SignatureDoesNotMatch")]
    [InlineData("", "SignatureDoesNotMatch")]
    public async Task Keep_WrongSecret_IsRefusedAndSaysSo(string secret, string code)
    {
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => KeepAsync(Storage(secret), StoredName.New(".txt"), new byte[2_000_000]));

        Assert.Equal($"object storage: PUT answered 403 {code}", failure.Message);
        Assert.False(failure.MayPass);
    }

    [Fact]
    public async Task List_ManyPages_AreAllRead()
    {
        var names = Enumerable.Range(0, 5).Select(static _ => StoredName.New(".pdf")).ToList();
        await using var pages = await StandIn.StartAsync(http =>
        {
            var place = int.Parse(http.Request.Query["continuation-token"].FirstOrDefault("0")!, System.Globalization.CultureInfo.InvariantCulture);
            var more = place + 1 < names.Count;
            return StandIn.WriteAsync(http, 200, $"""
                <ListBucketResult><IsTruncated>{(more ? "true" : "false")}</IsTruncated>{(more ? $"<NextContinuationToken>{place + 1}</NextContinuationToken>" : "")}
                <Contents><Key>{_prefix}{names[place]}</Key><LastModified>2020-01-01T00:00:00Z</LastModified></Contents></ListBucketResult>
                """, "application/xml");
        });

        Assert.Equal(names, await Storage(url: pages.Url).ListAsync(DateTime.UtcNow, Token).ToListAsync(Token));
    }

    private BucketStorage Storage(string secret = ObjectStorageServer.Secret, string? url = null)
    {
        Assert.True(Bucket.TryParse($"s3://{ObjectStorageServer.Bucket}/{_prefix}", out var parsed));
        var bucket = parsed.At("us-east-1", url ?? server.Url);
        var keys = new GivenKeys(new(ObjectStorageServer.AccessKey, secret, "", DateTimeOffset.MaxValue));
        return new(new BucketClient(bucket, keys, _connections, TimeProvider.System), bucket, Folder);
    }

    private async Task KeepAsync(BucketStorage storage, string name, byte[] content)
    {
        var temporary = Folder.OpenTemporary();
        try
        {
            await temporary.WriteAsync(content, Token);
            await storage.KeepAsync(new ReceivedFile(temporary, "x", content.Length, Convert.ToHexStringLower(SHA256.HashData(content))), name, Token);
        }
        finally
        {
            UploadFolder.Discard(temporary);
        }
    }
}

using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Files.ObjectStorage;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

/// <summary>The service with its files in a real S3-compatible server.</summary>
public sealed class ObjectStorageTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Away = """{"detail":"File storage is not available"}""";
    private const string NoFiles = """{"files":[],"total":0,"skip":0,"limit":100}""";

    private readonly ObjectStorageServer _storage = new();
    private AutomationHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await StartAsync(Keys(ObjectStorageServer.Secret));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _storage.Dispose();
    }

    [Fact]
    public async Task File_WholeLife_GoesAsInAFolder()
    {
        var small = await _host.UploadedAsync("A b.TXT", "hello\nworld\n");
        // Too large to be read in the service itself: the child process reads the copy.
        var large = await _host.UploadedAsync("b.txt", new string('x', 1_500_000));
        Assert.Equal(new[] { small, large }.Select(file => "up/" + file.GetProperty("filename").GetString()).Order(StringComparer.Ordinal), _storage.Keys);
        for (var id = 1; id <= 2; id++)
        {
            await _host.ReadAsync("POST", $"/files/process/{id}");
            await _host.WaitAsync($"/files/{id}", "file", "processed");
        }
        Assert.Equal("hello\nworld\n", (await _host.ReadAsync("GET", "/files/extract/1")).GetProperty("content").GetString());
        Assert.Equal(1_500_000, (await _host.ReadAsync("GET", "/files/extract/2")).GetProperty("content").GetString()!.Length);

        for (var i = 0; i < 2; i++)
        {
            await _host.ReadAsync("DELETE", "/files/1");
            await _host.ReadAsync("DELETE", "/files/2");
        }
        Assert.Empty(_storage.Keys);
        // A temporary file goes when its request has ended, which may be after its answer.
        await Eventually.TrueAsync(() => Directory.GetFiles(_host.Uploads).Length == 0);
    }

    [Fact]
    public async Task Process_ObjectGone_FailsAsForAMissingFile()
    {
        var file = await _host.UploadedAsync("a.txt", "x");
        File.Delete(_storage.PathOf("up/" + file.GetProperty("filename").GetString()));
        await _host.ReadAsync("POST", "/files/process/1");

        Assert.Equal("File not found", (await _host.WaitAsync("/files/1", "file", "failed")).GetProperty("processing_error").GetString());
    }

    [Fact]
    public async Task StorageAway_EveryRoute_Is503AndNothingIsHalfDone()
    {
        await _host.UploadedAsync("kept.txt", "x");
        _storage.Stop();

        using (var upload = await _host.UploadAsync("a.txt", [1]))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, Away), (upload.StatusCode, await upload.Content.ReadAsStringAsync(Token)));
            Assert.True(upload.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
        await _host.ReadAsync("POST", "/files/process/1");
        Assert.Equal("Extraction failed: the file storage is not available", (await _host.WaitAsync("/files/1", "file", "failed")).GetProperty("processing_error").GetString());
        Assert.Equal(1, (await _host.ReadAsync("GET", "/files")).GetProperty("total").GetInt32());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Away), await _host.SendAsync("DELETE", "/files/1"));

        _storage.Start();
        await _host.ReadAsync("DELETE", "/files/1");
        Assert.Empty(_storage.Keys);
    }

    [Fact]
    public async Task Upload_WrongKeys_Is503WithoutThem()
    {
        await using var host = await StartAsync(Keys("not-the-secret"));
        using var upload = await host.UploadAsync("a.txt", Encoding.UTF8.GetBytes("x"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, Away), (upload.StatusCode, await upload.Content.ReadAsStringAsync(Token)));
        Assert.Equal(NoFiles, (await host.SendAsync("GET", "/files")).Body);
        Assert.Empty(_storage.Keys);
        await Eventually.TrueAsync(async () => (await host.ReadLogAsync()).Contains("SignatureDoesNotMatch", StringComparison.Ordinal));
        Assert.DoesNotContain("not-the-secret", await host.ReadLogAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Signature=", await host.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_KeysOfAContainersRole_AreAskedForOnce()
    {
        await using var agent = await StandIn.OfJsonAsync(
            $$"""{"AccessKeyId":"{{ObjectStorageServer.AccessKey}}","SecretAccessKey":"{{ObjectStorageServer.Secret}}","Token":"of the role","Expiration":"{{DateTime.UtcNow.AddHours(6):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""");
        await using var host = await StartAsync(new() { ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = agent.Url + "/v1/credentials", ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "of the pod" });
        await host.UploadedAsync("a.txt", "x");
        await host.UploadedAsync("b.txt", "y");

        Assert.Equal(2, _storage.Keys.Count);
        Assert.Equal(("GET", "/v1/credentials", "of the pod"), agent.Seen.Select(request => (request.Method, request.Target, request.Header("Authorization"))).Single());
    }

    [Fact]
    public async Task Upload_RecordCannotBeWritten_LeavesNoObject()
    {
        await _host.RefuseRecordsAsync();
        using var upload = await _host.UploadAsync("a.txt", [1]);

        Assert.Equal(HttpStatusCode.InternalServerError, upload.StatusCode);
        Assert.Empty(_storage.Keys);
    }

    [Fact]
    public async Task Sweep_OldAndUnknown_IsRemovedFromTheBucket()
    {
        string[] keys = ["up/" + (await _host.UploadedAsync("a.txt", "x")).GetProperty("filename").GetString(), $"up/{Guid.NewGuid()}.pdf", $"up/{Guid.NewGuid()}.pdf", "up/README.txt", $"other/{Guid.NewGuid()}.pdf"];
        foreach (var (key, age) in keys.Zip([2, 2, 0, 2, 2]))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_storage.PathOf(key))!);
            foreach (var part in Directory.GetFiles(Path.GetDirectoryName(_storage.PathOf(keys[0]))!, Path.GetFileName(keys[0]) + "._*"))
            {
                var path = part.Replace(Path.GetFileName(keys[0]), Path.GetFileName(key), StringComparison.Ordinal).Replace("/up/", $"/{key.Split('/')[0]}/", StringComparison.Ordinal);
                if (path != part)
                {
                    File.Copy(part, path);
                }
            }
            File.SetLastWriteTimeUtc(_storage.PathOf(key), DateTime.UtcNow - (age * UploadSweep.LeftBehind));
        }
        await using var connections = new StorageConnections();
        Assert.True(Bucket.TryParse("s3://files/up", out var parsed));
        var bucket = parsed.At("us-east-1", _storage.Url);
        var client = new BucketClient(bucket, new GivenKeys(new(ObjectStorageServer.AccessKey, ObjectStorageServer.Secret, "", DateTimeOffset.MaxValue)), connections, TimeProvider.System);
        var folder = new UploadFolder(_host.Uploads);
        await using var sweep = new UploadSweep(folder, new BucketStorage(client, bucket, folder), new FileStore(_host.Database), TimeProvider.System, NullLogger.Instance);

        Assert.Equal(1, await sweep.SweepAsync(Token));
        Assert.Equal(keys.Where(key => key != keys[1]).Order(StringComparer.Ordinal), _storage.Keys);
    }

    private Task<AutomationHost> StartAsync(Dictionary<string, string> keys) => AutomationHost.StartAsync(
        DatabaseEngine.Sqlite, postgres, new(keys) { ["FILE_STORAGE"] = $"s3://{ObjectStorageServer.Bucket}/up", ["S3_ENDPOINT"] = _storage.Url });

    private static Dictionary<string, string> Keys(string secret) => new() { ["AWS_ACCESS_KEY_ID"] = ObjectStorageServer.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = secret };
}

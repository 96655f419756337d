using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Storage;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Files;

public sealed class UploadTests(PostgresServer server) : IAsyncLifetime
{
    private const int Limit = 200_000;
    private const string TypeText = """{"detail":"File type not allowed. Allowed types: ['.pdf', '.doc', '.docx', '.txt', '.csv', '.xlsx', '.xls']"}""";

    private AutomationHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server, new() { ["MAX_FILE_SIZE"] = Limit.ToString(CultureInfo.InvariantCulture) });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Contract("9.2")]
    public async Task Upload_FileOfTheLimit_IsStoredByteForByte()
    {
        var content = new byte[Limit];
        new Random(1).NextBytes(content);
        using var answer = await _host.UploadAsync("../../dir/ü \\\"x\\\".pdf", content);
        var file = System.Text.Json.JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token)).GetProperty("file");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("../../dir/ü \"x\".pdf", file.GetProperty("original_filename").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.GetProperty("file_hash").GetString());
        Assert.Equal((Limit, "application/pdf", "uploaded"), (file.GetProperty("file_size").GetInt32(), file.GetProperty("mime_type").GetString(), file.GetProperty("status").GetString()));
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(_host.Uploads, file.GetProperty("filename").GetString()!), Token));
    }

    [Theory]
    [Contract("D32", "9.2")]
    [InlineData("a.exe", 1, 400, TypeText)]
    [InlineData("noext", 1, 400, TypeText)]
    [InlineData(".pdf", 1, 400, TypeText)]
    [InlineData("a.exe", Limit + 1, 400, TypeText)]
    [InlineData("", 1, 400, """{"detail":"No filename provided"}""")]
    [InlineData("a.txt", Limit + 1, 413, """{"detail":"File too large. Max size: 200000 bytes"}""")]
    [InlineData("a.txt", 40 * Limit, 413, """{"detail":"File too large. Max size: 200000 bytes"}""")]
    public async Task Upload_NotAccepted_IsRefusedAndLeavesNothing(string name, int size, int status, string body)
    {
        using var answer = await _host.UploadAsync(name, new byte[size]);

        Assert.Equal((status, body), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
        await AssertNothingAsync();
    }

    [Fact]
    [Contract("D26")]
    public async Task Upload_LongName_IsRefused()
    {
        using var good = await _host.UploadAsync(new string('é', 251) + ".txt", [1]);
        using var bad = await _host.UploadAsync(new string('é', 252) + ".txt", [1]);

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal("""{"detail":"Filename too long"}""", await bad.Content.ReadAsStringAsync(Token));
    }

    // Content type, body, status, answer.
    public static TheoryData<string, string, int, string> Forms => new()
    {
        { "multipart/form-data", "x", 400, """{"detail":"Missing boundary in multipart."}""" },
        { "multipart/form-data; boundary=b", "no form at all", 400, """{"detail":"There was an error parsing the body"}""" },
        { "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\ncut", 400, """{"detail":"There was an error parsing the body"}""" },
        { "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n", 422, """{"detail":[{"type":"missing","loc":["body","file"],"msg":"Field required","input":null}]}""" },
        { "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nplain\r\n--b--\r\n", 422, """{"detail":[{"type":"value_error","loc":["body","file"],"msg":"Value error, Expected UploadFile, received: <class 'str'>","input":"plain","ctx":{"error":{}}}]}""" },
        { "application/x-www-form-urlencoded", "a=b", 422, """{"detail":[{"type":"missing","loc":["body","file"],"msg":"Field required","input":null}]}""" },
    };

    [Theory]
    [Contract("9.2")]
    [MemberData(nameof(Forms))]
    public async Task Upload_OtherForm_IsAnsweredAsTheContractSays(string type, string body, int status, string expected)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await _host.Client.PostAsync("/files/upload", content, Token);

        Assert.Equal((status, expected), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
        await AssertNothingAsync();
    }

    [Fact]
    public async Task Upload_SeveralFileParts_TakesTheLast()
    {
        const string Body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"1.exe\"\r\n\r\none\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"2.txt\"\r\n\r\ntwo\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"3.csv\"\r\n\r\nthree\r\n--b--\r\n";
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var answer = await _host.Client.PostAsync("/upload", content, Token);

        Assert.Contains("\"original_filename\":\"3.csv\",\"file_size\":5", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_host.Uploads));
    }

    [Fact]
    public async Task Upload_ClientGoesAwayHalfWay_LeavesNothing()
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, _host.Client.BaseAddress!.Port, Token);
            var head = "POST /files/upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + new string('x', 50_000)), Token);
            await UntilAsync(() => Directory.GetFiles(_host.Uploads).Length == 1);
            client.Client.LingerState = new LingerOption(true, 0);
        }

        await UntilAsync(() => Directory.GetFiles(_host.Uploads).Length == 0);
        await AssertNothingAsync();
    }

    [Fact]
    [Contract("D23")]
    public async Task Upload_FolderCannotBeWritten_Fails500WithoutPath()
    {
        await UntilAsync(ReplaceFolderByFile);
        using var answer = await _host.UploadAsync("a.txt", [1]);
        File.Delete(_host.Uploads);
        Directory.CreateDirectory(_host.Uploads);

        Assert.Equal((500, """{"detail":"File upload failed: the file could not be read or written"}"""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
    }

    [Fact]
    public async Task Sweep_LeftBehindFiles_AreRemovedWhenOldAndUnknown()
    {
        var kept = (await _host.UploadedAsync("a.txt", "x")).GetProperty("filename").GetString()!;
        var names = new[] { kept, $"part-{Guid.NewGuid()}.pdf", $"{Guid.NewGuid()}.csv", $"{Guid.NewGuid()}.pdf", "README.txt", $"part-{Guid.NewGuid()}" };
        foreach (var name in names)
        {
            await File.AppendAllTextAsync(Path.Combine(_host.Uploads, name), "x", Token);
            File.SetLastWriteTimeUtc(Path.Combine(_host.Uploads, name), DateTime.UtcNow - (name == names[3] || name == names[5] ? TimeSpan.Zero : 2 * UploadSweep.LeftBehind));
        }
        var folder = new UploadFolder(_host.Uploads);
        await using var sweep = new UploadSweep(folder, new FolderStorage(folder), new FileStore(_host.Database), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        Assert.Equal(2, await sweep.SweepAsync(Token));
        Assert.Equal([.. ((string[])[kept, names[3], names[4], names[5]]).Order()], Directory.GetFiles(_host.Uploads).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task Sweep_DatabaseWithoutFiles_LeavesStoredFiles()
    {
        var stored = Path.Combine(_host.Uploads, $"{Guid.NewGuid()}.csv");
        await File.WriteAllTextAsync(stored, "x", Token);
        File.SetLastWriteTimeUtc(stored, DateTime.UtcNow - (2 * UploadSweep.LeftBehind));
        var folder = new UploadFolder(_host.Uploads);
        await using var sweep = new UploadSweep(folder, new FolderStorage(folder), new FileStore(_host.Database), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        Assert.Equal(0, await sweep.SweepAsync(Token));
        Assert.True(File.Exists(stored));
    }

    private async Task AssertNothingAsync()
    {
        // A temporary file goes when its request has ended, which may be after its answer.
        await UntilAsync(() => !Directory.Exists(_host.Uploads) || Directory.GetFiles(_host.Uploads).Length == 0);
        Assert.Equal("""{"files":[],"total":0,"skip":0,"limit":100}""", (await _host.SendAsync("GET", "/files")).Body);
    }

    // The service's sweep makes the folder when it starts, perhaps between the two steps.
    private bool ReplaceFolderByFile()
    {
        try
        {
            Directory.Delete(_host.Uploads);
            File.WriteAllText(_host.Uploads, "no folder");
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> met)
    {
        var end = DateTime.UtcNow.AddSeconds(20);
        while (!met())
        {
            Assert.True(DateTime.UtcNow < end);
            await Task.Delay(5, Token);
        }
    }
}

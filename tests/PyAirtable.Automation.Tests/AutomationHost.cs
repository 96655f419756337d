using System.Net;
using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Tests.TextExtraction.Isolation;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Settings;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

/// <summary>The service on a database of its own, with an upload folder that outlives a restart.</summary>
internal sealed class AutomationHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, string> _settings;
    private readonly TestDatabase _storage;
    private readonly IReadOnlyList<string> _extractor;
    private ServiceHost _host = null!;

    private AutomationHost(TestDatabase storage, Dictionary<string, string>? settings, IReadOnlyList<string>? extractor)
    {
        _storage = storage;
        _extractor = extractor ?? ChildCommand.Built;
        Uploads = Directory.CreateTempSubdirectory("pyairtable-uploads-").FullName;
        _settings = new(settings ?? []) { ["UPLOAD_DIRECTORY"] = Uploads };
    }

    public string Uploads { get; }

    public HttpClient Client => _host.Client;

    public IEventBus Events => _host.Process.Events;

    public AutomationModule Module => (AutomationModule)_host.Modules[0];

    public Database Database => _storage.Database;

    /// <summary>Made, not started: the database has the tables only once it was.</summary>
    public static async Task<AutomationHost> CreateAsync(DatabaseEngine engine, PostgresServer server, Dictionary<string, string>? settings = null, IReadOnlyList<string>? extractor = null) =>
        new(await TestDatabase.CreateAsync(engine, server), settings, extractor);

    public static async Task<AutomationHost> StartAsync(DatabaseEngine engine, PostgresServer server, Dictionary<string, string>? settings = null, IReadOnlyList<string>? extractor = null)
    {
        var host = await CreateAsync(engine, server, settings, extractor);
        await host.StartAsync();
        return host;
    }

    public async Task StartAsync() => _host = await ServiceHost.StartAsync(
        (settings, _) =>
        {
            var automation = AutomationSettings.Read(settings, null!);
            return context => [new AutomationModule(automation, context, context.Own(Database.Create(_storage.Options, context.Log, context.Clock)), _extractor)];
        },
        _settings);

    public async Task StopAsync() => await _host.DisposeAsync();

    /// <summary>Has the database (SQLite) refuse new files.</summary>
    public Task RefuseRecordsAsync() => Database.WriteAsync(
        static async (connection, transaction, cancel) =>
        {
            await using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, "CREATE TRIGGER refuse BEFORE INSERT ON files BEGIN SELECT RAISE(ABORT, 'refused'); END");
            return await command.ExecuteNonQueryAsync(cancel);
        },
        CancellationToken.None);

    /// <summary>All log lines so far.</summary>
    public Task<string> ReadLogAsync() => _host.ReadLogAsync();

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }
        using var answer = await Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> ReadAsync(string method, string path, string? json = null)
    {
        var (status, body) = await SendAsync(method, path, json);
        Assert.True(status == HttpStatusCode.OK, $"{method} {path}: {status} {body}");
        return JsonElement.Parse(body);
    }

    public async Task<HttpResponseMessage> UploadAsync(string filename, byte[] content, string path = "/files/upload")
    {
        // By hand: the framework's own form writes names in Latin-1.
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\n\r\n"),
            .. content,
            .. "\r\n--b--\r\n"u8,
        ];
        using var form = new ByteArrayContent(body);
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        return await Client.PostAsync(path, form);
    }

    public Task<JsonElement> UploadedAsync(string filename, string content) => UploadedAsync(filename, Encoding.UTF8.GetBytes(content));

    public async Task<JsonElement> UploadedAsync(string filename, byte[] content)
    {
        using var answer = await UploadAsync(filename, content);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonElement.Parse(body).GetProperty("file");
    }

    /// <summary>Asks until the record under <paramref name="member"/> has one of the statuses.</summary>
    public async Task<JsonElement> WaitAsync(string path, string member, params string[] statuses)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            var record = (await ReadAsync("GET", path)).GetProperty(member);
            if (statuses.Contains(record.GetProperty("status").GetString()))
            {
                return record;
            }
            Assert.True(DateTime.UtcNow < end, record.GetRawText());
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
        await _storage.DisposeAsync();
        Directory.Delete(Uploads, recursive: true);
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>A published all-in-one on free ports and a folder of its own, which can be killed and started again on the same data.</summary>
public sealed class AllInOneInstance : IAsyncDisposable
{
    private readonly Dictionary<string, string> _environment;

    private AllInOneInstance(IReadOnlyDictionary<string, string> extra)
    {
        Gateway = FreePort.Next();
        Platform = FreePort.Next();
        Automation = FreePort.Next();
        Management = FreePort.Next();
        _environment = new Dictionary<string, string>
        {
            ["GATEWAY_PORT"] = $"{Gateway}",
            ["PLATFORM_PORT"] = $"{Platform}",
            ["AUTOMATION_PORT"] = $"{Automation}",
            ["MCP_SERVER_PORT"] = "0",
            ["MANAGEMENT_PORT"] = $"{Management}",
            ["PASSWORD_HASH_ROUNDS"] = "4",
            // Tests ask more often than a person.
            ["RATE_LIMIT_RPM"] = "1000000",
            // Loopback ports that nobody listens on: the AI services are not there.
            ["LLM_ORCHESTRATOR_URL"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["MCP_SERVER_URL"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["AIRTABLE_GATEWAY_URL"] = $"http://127.0.0.1:{FreePort.Next()}",
        };
        foreach (var (name, value) in extra)
        {
            _environment[name] = value;
        }
    }

    /// <summary>Port of the gateway.</summary>
    public int Gateway { get; }

    /// <summary>Port of the platform.</summary>
    public int Platform { get; }

    /// <summary>Port of the automation service.</summary>
    public int Automation { get; }

    /// <summary>Management port.</summary>
    public int Management { get; }

    /// <summary>Working directory; the data is in <c>data</c> below it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("allinone-").FullName;

    /// <summary>The running process.</summary>
    public ExecutableProcess Process { get; private set; } = null!;

    /// <summary>A client of the gateway that sends the API key.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The API key that the instance made for itself.</summary>
    public string ApiKey => File.ReadAllText(Path.Combine(Folder, "data", "secrets", "api_key")).Trim();

    /// <summary>Its settings.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    /// <summary>Starts one and waits until the management port says that it is ready.</summary>
    public static async Task<AllInOneInstance> StartAsync(params (string Name, string Value)[] extra)
    {
        var instance = new AllInOneInstance(extra.ToDictionary(entry => entry.Name, entry => entry.Value));
        await instance.StartAgainAsync();
        return instance;
    }

    /// <summary>Starts it again on the same folder.</summary>
    public async Task StartAgainAsync()
    {
        Process = ExecutableProcess.Start(PublishedExecutable.AllInOne, Folder, _environment);
        await Process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{Management}/ready"));
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Gateway}") };
        Client.DefaultRequestHeaders.Add("X-API-Key", _environment.GetValueOrDefault("API_KEY") ?? ApiKey);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        Process.Signal(ExecutableProcess.Sigkill);
        await Process.DisposeAsync();
    }

    /// <summary>Gets JSON from a path of the gateway; fails unless the answer is 200.</summary>
    public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Posts JSON to a path of the gateway; fails unless the answer is 200.</summary>
    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await ReadAsync(await Client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    /// <summary>The JSON of an answer; fails unless it is 200.</summary>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Client.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

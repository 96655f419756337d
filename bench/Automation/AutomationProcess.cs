using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>The published automation service on a database, with its own folder.</summary>
internal sealed class AutomationProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ExecutableProcess _process;
    private readonly HttpClient _client;

    private AutomationProcess(string folder, int port, ExecutableProcess process)
    {
        (_folder, Port, _process) = (folder, port, process);
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it, and returns once it answers.</summary>
    /// <param name="database">Its <c>DATABASE_URL</c>.</param>
    /// <param name="settings">More of its settings.</param>
    public static async Task<AutomationProcess> StartAsync(string database, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("automation-bench-").FullName;
        var port = FreePort.Next();
        var environment = new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["HOST"] = "127.0.0.1",
            ["MANAGEMENT_HOST"] = "127.0.0.1",
            ["MANAGEMENT_PORT"] = "0",
            ["DATA_DIR"] = folder,
            ["UPLOAD_DIRECTORY"] = Path.Combine(folder, "uploads"),
            ["DATABASE_URL"] = database,
            ["LOG_LEVEL"] = "WARNING",
            // Effects are counted at an upstream on this machine.
            ["HTTP_REQUEST_ALLOWED_HOSTS"] = "127.0.0.1",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }
        var process = ExecutableProcess.Start(PublishedExecutable.Automation, folder, environment);
        await process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{port}/health"));
        return new AutomationProcess(folder, port, process);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => _process.Signal(ExecutableProcess.Sigkill);

    /// <summary>Adds a workflow; its id.</summary>
    public async Task<int> AddWorkflowAsync(string steps) =>
        (await PostAsync("/workflows", $$$"""{"name":"bench","config":{"steps":{{{steps}}}}}"""))!.Value.GetProperty("workflow").GetProperty("id").GetInt32();

    /// <summary>Triggers it; the execution's id, null when the service was gone before it answered.</summary>
    public async Task<int?> TriggerAsync(int workflow) => (await PostAsync($"/workflows/{workflow}/trigger", "{}"))?.GetProperty("execution").GetProperty("id").GetInt32();

    /// <summary>Runs an execution again.</summary>
    public Task<JsonElement?> RetryAsync(int execution) => PostAsync($"/workflows/executions/{execution}/retry", "");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JsonElement?> PostAsync(string path, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.StatusCode == HttpStatusCode.OK ? JsonElement.Parse(text) : throw new InvalidOperationException($"{path}: {answer.StatusCode} {text}");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

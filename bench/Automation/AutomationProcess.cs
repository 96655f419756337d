using System.Net;
using System.Text;
using System.Text.Json;
using PyAirtable.Bench.Platform;
using PyAirtable.Testing;

namespace PyAirtable.Bench.Automation;

/// <summary>The published automation service on a database.</summary>
internal sealed class AutomationProcess : IAsyncDisposable
{
    private readonly ServiceProcess _service;
    private readonly HttpClient _client;

    private AutomationProcess(ServiceProcess service)
    {
        _service = service;
        _client = new HttpClient { BaseAddress = service.Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port => _service.Port;

    /// <summary>Its process id.</summary>
    public int Id => _service.Id;

    /// <summary>Starts it, and returns once it answers.</summary>
    /// <param name="database">Its <c>DATABASE_URL</c>.</param>
    /// <param name="settings">More of its settings.</param>
    public static async Task<AutomationProcess> StartAsync(string database, params (string Name, string Value)[] settings) =>
        // Effects are counted at an upstream on this machine.
        new(await ServiceProcess.StartAsync(PublishedExecutable.Automation, database, [("HTTP_REQUEST_ALLOWED_HOSTS", "127.0.0.1"), .. settings]));

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => _service.Kill();

    /// <summary>Adds a workflow; its id.</summary>
    public async Task<int> AddWorkflowAsync(string steps) =>
        (await PostAsync("/workflows", $$$"""{"name":"bench","config":{"steps":{{{steps}}}}}"""))!.Value.GetProperty("workflow").GetProperty("id").GetInt32();

    /// <summary>Triggers it; the execution's id, null when the service was gone before it answered.</summary>
    public async Task<int?> TriggerAsync(int workflow) => (await PostAsync($"/workflows/{workflow}/trigger", "{}"))?.GetProperty("execution").GetProperty("id").GetInt32();

    /// <summary>Uploads a file of a few bytes.</summary>
    public async Task UploadAsync(string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "file", name } };
        using var answer = await _client.PostAsync(new Uri("/files/upload", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Runs an execution again.</summary>
    public Task<JsonElement?> RetryAsync(int execution) => PostAsync($"/workflows/executions/{execution}/retry", "");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
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

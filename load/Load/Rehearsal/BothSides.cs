using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PyAirtable.Load.Comparison;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Rehearsal;

/// <summary>Makes accounts, tokens, files and workflows on one side of a cutover, and uses them on the other.</summary>
/// <param name="gateway">The gateway before both.</param>
internal sealed class BothSides(Uri gateway) : IDisposable
{
    private const string Python = "python";
    private const string Native = "native";
    private const string SideHeader = "X-Cutover-Side";
    private const string Password = "correct horse battery";

    private readonly HttpClient _client = new()
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { { "X-API-Key", StartedSystem.OwnKey }, { "X-Cutover-Key", RehearsalSystem.AdminKey } },
    };

    /// <summary>Does it both ways.</summary>
    /// <exception cref="InvalidOperationException">Something does not work on the other side; the message says what.</exception>
    public async Task CheckAsync()
    {
        await CheckAsync(Python, Native);
        await CheckAsync(Native, Python);
    }

    /// <summary>Waits until our platform is asked again after a fault: until then its circuit is open.</summary>
    public async Task WaitForNativeAsync(CancellationToken cancel)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, ComparedRoutes.MetricQuery) { Headers = { { SideHeader, Native } } };
            using var answer = await _client.SendAsync(request, cancel);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }
            await Task.Delay(100, cancel);
        }
    }

    /// <summary>A new account's token.</summary>
    public async Task<string> RegisterAsync(string side, string email)
    {
        using var made = await SendAsync(side, HttpMethod.Post, "/api/platform/auth/register", Json($$"""{"email":"{{email}}","password":"{{Password}}"}"""));
        return made.RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>A new file's id.</summary>
    public async Task<string> UploadAsync(string side)
    {
        using var part = new ByteArrayContent("name,age\nAda,36\n"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var form = new MultipartFormDataContent { { part, "file", "people.csv" } };
        using var made = await SendAsync(side, HttpMethod.Post, "/api/automation/files/upload", form);
        return made.RootElement.GetProperty("file").GetProperty("id").GetRawText();
    }

    /// <summary>A new workflow's id.</summary>
    public async Task<string> CreateWorkflowAsync(string side)
    {
        using var made = await SendAsync(side, HttpMethod.Post, "/api/automation/workflows", Json("""{"name":"rehearsal","config":{"steps":[{"type":"log","message":"hello"}]}}"""));
        return made.RootElement.GetProperty("workflow").GetProperty("id").GetRawText();
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task CheckAsync(string maker, string user)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        var token = await RegisterAsync(maker, email);
        (await SendAsync(user, HttpMethod.Get, "/api/platform/auth/verify", token: token)).Dispose();
        (await SendAsync(user, HttpMethod.Post, "/api/platform/auth/login", Json($$"""{"email":"{{email}}","password":"{{Password}}"}"""))).Dispose();
        using var file = await SendAsync(user, HttpMethod.Get, "/api/automation/files/" + await UploadAsync(maker));
        using var workflow = await SendAsync(user, HttpMethod.Get, "/api/automation/workflows/" + await CreateWorkflowAsync(maker));
        if (file.RootElement.GetProperty("file").GetProperty("original_filename").GetString() != "people.csv" || workflow.RootElement.GetProperty("workflow").GetProperty("name").GetString() != "rehearsal")
        {
            throw new InvalidOperationException($"what {maker} made is something else on {user}");
        }
    }

    private async Task<JsonDocument> SendAsync(string side, HttpMethod method, string path, HttpContent? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Add(SideHeader, side);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text) : throw new InvalidOperationException($"{method} {path} on {side}: {(int)answer.StatusCode} {text}");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}

using System.Net.WebSockets;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>Published executables take over changed settings: by SIGHUP, by a changed <c>.env</c> file, and by a mounted secret that is
/// swapped as Kubernetes does it.</summary>
public sealed class ReloadTests : IAsyncDisposable
{
    // The tests ask until a change shows.
    private const string ManyRequests = "10000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("reload-").FullName;
    private readonly int _port = FreePort.Next();
    private readonly HttpClient _client = new();
    private ExecutableProcess? _gateway;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Key_Rotated_ByFileAndSignal_KeepsTheWebSocketAndTheProcess()
    {
        await using var upstream = await UpstreamServer.StartAsync();
        await MountAsync("one", "first-key");
        await StartAsync(new() { ["API_KEY_FILE"] = Path.Combine(_folder, "mounted", "key"), ["LLM_ORCHESTRATOR_URL"] = upstream.Url });
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/ws?session_id=s"), CancellationToken.None);
        await socket.SendAsync("""{"type":"auth","api_key":"first-key"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.True(await OpensAsync("first-key"));

        // A new file is seen by itself, and so is a link that leads elsewhere.
        await WriteEnvAsync("API_KEYS=second-key\n");
        await UntilAsync(() => OpensAsync("second-key"));
        Assert.True(await OpensAsync("first-key"));
        await MountAsync("two", "third-key");
        await UntilAsync(() => OpensAsync("third-key"));
        Assert.False(await OpensAsync("first-key"));

        // What is wrong changes nothing, and a signal is answered at once.
        await WriteEnvAsync("API_KEYS=fourth-key\nRATE_LIMIT_RPM=many\n");
        _gateway!.Signal(ExecutableProcess.Sighup);
        await UntilLoggedAsync(_gateway, "settings stay as they were: RATE_LIMIT_RPM");
        Assert.True(await OpensAsync("second-key"));
        await WriteEnvAsync("API_KEYS=fourth-key\nPORT=1\n");
        _gateway.Signal(ExecutableProcess.Sighup);
        await UntilAsync(() => OpensAsync("fourth-key"));
        Assert.False(await OpensAsync("second-key"));

        await socket.SendAsync("""{"type":"ping"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[4096];
        var answer = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
        Assert.Contains("pong", System.Text.Encoding.UTF8.GetString(buffer, 0, answer.Count), StringComparison.Ordinal);
        Assert.DoesNotContain("-key", _gateway.Output, StringComparison.Ordinal);
        _gateway.Signal(ExecutableProcess.Sigterm);
        Assert.Equal(0, await _gateway.WaitForExitAsync());
    }

    [Fact]
    public async Task OwnKey_OfTheAllInOneReplaced_HoldsInAllServices()
    {
        await using var instance = await AllInOneInstance.StartAsync(("RATE_LIMIT_BURST", ManyRequests));
        var old = instance.ApiKey;

        await File.WriteAllTextAsync(Path.Combine(instance.Folder, "data", "secrets", "api_key"), "a-new-key-for-all");

        foreach (var address in (string[])[$"{instance.Gateway}/api/automation/files", $"{instance.Gateway}/api/platform/auth/verify", $"{instance.Automation}/files"])
        {
            await UntilAsync(() => OpensAsync("a-new-key-for-all", address));
            Assert.False(await OpensAsync(old, address));
        }
        await UntilLoggedAsync(instance.Process, "settings taken over: API_KEY (Gateway), API_KEY (Platform), API_KEY (Automation)");
    }

    private async Task StartAsync(Dictionary<string, string> environment)
    {
        environment["PORT"] = $"{_port}";
        environment["HOST"] = "127.0.0.1";
        environment["MANAGEMENT_PORT"] = "0";
        environment["RATE_LIMIT_BURST"] = ManyRequests;
        _gateway = ExecutableProcess.Start(PublishedExecutable.Gateway, _folder, environment);
        await _gateway.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{_port}/health"));
    }

    // mounted/key → ..data/key, and ..data → a folder per version, which is what changes.
    private async Task MountAsync(string version, string key)
    {
        var mounted = Directory.CreateDirectory(Path.Combine(_folder, "mounted")).FullName;
        Directory.CreateDirectory(Path.Combine(mounted, version));
        await File.WriteAllTextAsync(Path.Combine(mounted, version, "key"), key);
        File.CreateSymbolicLink(Path.Combine(mounted, "..new"), version);
        using var move = System.Diagnostics.Process.Start("mv", ["-T", Path.Combine(mounted, "..new"), Path.Combine(mounted, "..data")]);
        await move.WaitForExitAsync();
        if (!File.Exists(Path.Combine(mounted, "key")))
        {
            File.CreateSymbolicLink(Path.Combine(mounted, "key"), "..data/key");
        }
    }

    private Task WriteEnvAsync(string text) => File.WriteAllTextAsync(Path.Combine(_folder, ".env"), text);

    private Task<bool> OpensAsync(string key) => OpensAsync(key, $"{_port}/api/llm/x");

    // Platform may ask for a token next.
    private async Task<bool> OpensAsync(string key, string address)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{address}");
        question.Headers.Add("X-API-Key", key);
        using var answer = await _client.SendAsync(question);
        return !(await answer.Content.ReadAsStringAsync()).Contains("Invalid API key", StringComparison.Ordinal);
    }

    private static Task UntilLoggedAsync(ExecutableProcess process, string text) => UntilAsync(() => Task.FromResult(process.Output.Contains(text, StringComparison.Ordinal)));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}

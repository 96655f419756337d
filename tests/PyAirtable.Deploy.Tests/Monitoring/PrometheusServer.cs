using System.Net.Http.Json;
using System.Text.Json;
using PyAirtable.Testing;
using YamlDotNet.Serialization;

namespace PyAirtable.Deploy.Tests.Monitoring;

/// <summary>A real Prometheus with the committed configuration, but for addresses and intervals.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ExecutableProcess _process;
    private readonly HttpClient _client;

    private PrometheusServer(string folder, ExecutableProcess process, int port) =>
        (_folder, _process, _client) = (folder, process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });

    /// <summary>Starts one that scrapes the given ports, by the names of their jobs, every second.</summary>
    public static async Task<PrometheusServer> StartAsync(IReadOnlyDictionary<string, int> ports)
    {
        var folder = Directory.CreateTempSubdirectory("prometheus-").FullName;
        var port = FreePort.Next();
        var configuration = Repository.ReadYaml("deploy", "monitoring", "prometheus.yml");
        foreach (var job in ((List<object?>)configuration["scrape_configs"]!).Cast<Dictionary<object, object?>>())
        {
            var target = ports.TryGetValue((string)job["job_name"]!, out var known) ? known : port;
            job.Remove("dns_sd_configs");
            job["static_configs"] = new[] { new Dictionary<string, string[]> { ["targets"] = [$"127.0.0.1:{target}"] } };
        }
        configuration["global"] = new Dictionary<string, string> { ["scrape_interval"] = "1s", ["scrape_timeout"] = "1s", ["evaluation_interval"] = "1s" };
        configuration["rule_files"] = MonitoringFiles.RuleFiles;
        var file = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(file, new SerializerBuilder().Build().Serialize(configuration));
        var process = ExecutableProcess.Start(
            "prometheus", folder, new Dictionary<string, string>(), $"--config.file={file}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn");
        var server = new PrometheusServer(folder, process, port);
        await process.WaitUntilAnswersAsync(new Uri(server._client.BaseAddress!, "/-/ready"));
        return server;
    }

    /// <summary>The data of an API's answer; fails where Prometheus refuses.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, $"{Uri.UnescapeDataString(path)}: {body}");
        return body.GetProperty("data");
    }

    /// <summary>The series that an expression gives now.</summary>
    public async Task<JsonElement> QueryAsync(string expression) => (await GetAsync("/api/v1/query?query=" + Uri.EscapeDataString(expression))).GetProperty("result");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

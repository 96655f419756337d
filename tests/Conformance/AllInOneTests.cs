using System.Net;
using System.Text;
using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>What a new user meets: the first start, the files it leaves, the logs, and services that are not there.</summary>
public sealed class AllInOneTests
{
    [Fact]
    public async Task FirstStart_Nothing_MakesSecretsAndSaysWhereToGo()
    {
        await using var instance = await AllInOneInstance.StartAsync();

        Assert.Contains($"http://127.0.0.1:{instance.Gateway}", instance.Process.Errors, StringComparison.Ordinal);
        Assert.Contains(instance.ApiKey, instance.Process.Errors, StringComparison.Ordinal);
        Assert.Equal(2, instance.Process.Errors.Split('\n').Count(line => line.TrimStart().StartsWith("curl ", StringComparison.Ordinal)));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(instance.Folder, "data", "secrets")))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(instance.Folder, "data", "pyairtable.db")));
    }

    [Fact]
    public async Task SecondStart_SameFolder_KeepsTheKeyAndDoesNotShowIt()
    {
        await using var instance = await AllInOneInstance.StartAsync();
        var key = instance.ApiKey;
        instance.Process.Signal(ExecutableProcess.Sigterm);
        Assert.Equal(0, await instance.Process.WaitForExitAsync());

        await instance.StartAgainAsync();

        Assert.Equal(key, instance.ApiKey);
        Assert.DoesNotContain(key, instance.Process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AiServicesMissing_AsFirstUsed_AreDegradedAndNothingElseSuffers()
    {
        await using var instance = await AllInOneInstance.StartAsync();

        var health = await instance.GetAsync("/api/health");
        using var refused = await instance.Client.GetAsync(new Uri("/api/llm/tools", UriKind.Relative));

        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Equal("GET", JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("method").GetString());
        Assert.Equal(0, (await instance.GetAsync("/api/automation/files")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task LoggedOutToken_AtTheGateway_IsRefusedAfterARestartToo()
    {
        await using var instance = await AllInOneInstance.StartAsync();
        await instance.PostAsync("/api/platform/auth/register", """{"email":"ada@example.com","password":"correct horse"}""");
        var login = await instance.PostAsync("/api/platform/auth/login", """{"email":"ada@example.com","password":"correct horse"}""");
        var token = login.GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(instance, HttpMethod.Get, "/api/automation/files", token));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(instance, HttpMethod.Post, "/api/platform/api/v1/auth/logout", token));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(instance, HttpMethod.Get, "/api/automation/files", token));
        await instance.KillAsync();
        await instance.StartAgainAsync();
        var after = HttpStatusCode.OK;
        for (var i = 0; i < 1000 && after == HttpStatusCode.OK; i++)
        {
            // What was revoked is read in the first moments after the start.
            await Task.Delay(20, TestContext.Current.CancellationToken);
            after = await StatusAsync(instance, HttpMethod.Get, "/api/automation/files", token);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, after);
    }

    [Fact]
    public async Task Logs_AllKindsOfRequests_AreShortJsonWithoutSecrets()
    {
        await using var instance = await AllInOneInstance.StartAsync(("LOG_LEVEL", "debug"), ("JWT_SECRET", "jwt-secret-that-never-shows-0123456789"));
        var login = await instance.PostAsync("/api/platform/auth/register", """{"email":"ada@example.com","password":"pass-that-never-shows"}""");
        var token = login.GetProperty("access_token").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/platform/auth/verify?api_key=query-key-that-never-shows");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        request.Headers.TryAddWithoutValidation("X-Trace-ID", new string('t', 300));
        using var verified = await instance.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        instance.Process.Signal(ExecutableProcess.Sigterm);
        await instance.Process.WaitForExitAsync();

        var lines = instance.Process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var access = lines.Where(line => JsonDocument.Parse(line).RootElement.GetProperty("msg").GetString() == "access").ToList();
        Assert.Contains(access, line => line.Contains("/auth/verify", StringComparison.Ordinal));
        Assert.All(access, line => Assert.InRange(Encoding.UTF8.GetByteCount(line) + 1, 1, 250));
        foreach (var secret in (string[])[instance.ApiKey, token, "jwt-secret-that-never-shows", "pass-that-never-shows", "query-key-that-never-shows"])
        {
            Assert.DoesNotContain(secret, instance.Process.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Management_Asked_ServesLiveReadyAndMetrics()
    {
        await using var instance = await AllInOneInstance.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{instance.Management}") };
        await instance.GetAsync("/api/automation/files");

        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal("""{"status":"alive"}""", await client.GetStringAsync(new Uri("/live", UriKind.Relative)));
        Assert.Equal("""{"status":"ready","checks":{"database":"ok"}}""", await client.GetStringAsync(new Uri("/ready", UriKind.Relative)));
        Assert.Matches("""http_requests_total\{[^}]*route="/files"[^}]*\} 1\n""", metrics);
        Assert.DoesNotContain("route=\"/files?\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_InUse_EndsWithOneLine()
    {
        await using var instance = await AllInOneInstance.StartAsync();

        var (code, _, errors) = await ExecutableProcess.RunAsync(PublishedExecutable.AllInOne, instance.Folder, instance.Environment);

        Assert.Equal(1, code);
        Assert.Contains($"{instance.Gateway}", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(AllInOneInstance instance, HttpMethod method, string path, string token)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{instance.Gateway}{path}"));
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}

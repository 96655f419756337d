using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Redis;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>What a user comes for, on the published executable: account, upstream call, file, extraction, workflow; then the power goes.</summary>
public sealed class MainJobTests(PostgresServer postgres)
{
    private const string Csv = "name,age,city\nAlice,30,Paris\nBob,5,\n";

    [Fact]
    public Task MainJob_OnSqlite_SurvivesKill() => RunAsync();

    [Fact]
    public async Task MainJob_OnPostgresAndRedis_SurvivesKill()
    {
        var redis = RedisServer.Shared.TakeDatabase();

        await RunAsync(("DATABASE_URL", await postgres.CreateDatabaseAsync()), ("REDIS_URL", redis));

        Assert.True(RedisOptions.TryParse(redis, null, null, out var options, out _));
        await using var connection = new RedisConnection(options!, NullLoggerFactory.Instance, TimeProvider.System);
        var events = await (await connection.GetDatabaseAsync(CancellationToken.None))!.StreamRangeAsync("events");
        Assert.Equal(
            ["user.registered", "file.processed", "workflow.completed"],
            events.Select(entry => JsonDocument.Parse(entry["event"].ToString()).RootElement.GetProperty("type").GetString()));
    }

    private static async Task RunAsync(params (string Name, string Value)[] settings)
    {
        await using var upstream = await UpstreamServer.StartAsync();
        await using var instance = await AllInOneInstance.StartAsync([.. settings, ("LLM_ORCHESTRATOR_URL", upstream.Url)]);

        var account = await instance.PostAsync("/api/platform/auth/register", """{"email":"ada@example.com","password":"correct horse"}""");
        var login = await instance.PostAsync("/api/platform/auth/login", """{"email":"ada@example.com","password":"correct horse"}""");
        var token = login.GetProperty("access_token").GetString()!;
        Assert.Equal(account.GetProperty("user").GetProperty("id").GetInt32(), login.GetProperty("user").GetProperty("id").GetInt32());

        var seen = await instance.PostAsync("/api/llm/chat?x=1", """{"message":"hello"}""");
        Assert.Equal(("POST", "/chat?x=1", """{"message":"hello"}"""), (Text(seen, "method"), Text(seen, "path"), Text(seen, "body")));

        var file = (await UploadAsync(instance)).GetProperty("file").GetProperty("id").GetInt32();
        await instance.PostAsync($"/api/automation/files/process/{file}", "");
        var extract = await PollAsync(instance, $"/api/automation/files/extract/{file}", answer => Text(answer, "status") is "processed");
        Assert.Equal(" name  age  city\nAlice   30 Paris\n  Bob    5   NaN", Text(extract, "content"));

        var workflow = (await instance.PostAsync("/api/automation/workflows", """
            {"name":"greet","config":{"steps":[
              {"type":"condition","condition":{"type":"contains","left":"{filename}","right":".csv"}},
              {"type":"log","message":"read {filename} in run {execution_id}"}]}}
            """)).GetProperty("workflow").GetProperty("id").GetInt32();
        var run = (await instance.PostAsync($"/api/automation/workflows/{workflow}/trigger", """{"trigger_data":{"filename":"people.csv"}}"""))
            .GetProperty("execution").GetProperty("id").GetInt32();
        var execution = (await PollAsync(instance, $"/api/automation/workflows/executions/{run}", answer => Text(answer.GetProperty("execution"), "status") is "completed"))
            .GetProperty("execution");
        Assert.Contains($"read people.csv in run {run}", execution.GetProperty("result").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Executing step 2: Unnamed\n", Text(execution, "logs"), StringComparison.Ordinal);

        await instance.KillAsync();
        await instance.StartAgainAsync();

        Assert.True((await VerifyAsync(instance, token)).GetProperty("valid").GetBoolean());
        Assert.Equal(extract.GetRawText(), (await instance.GetAsync($"/api/automation/files/extract/{file}")).GetRawText());
        Assert.Equal(
            execution.GetRawText(),
            (await instance.GetAsync($"/api/automation/workflows/executions/{run}")).GetProperty("execution").GetRawText());
    }

    private static async Task<JsonElement> UploadAsync(AllInOneInstance instance)
    {
        using var form = new MultipartFormDataContent();
        using var part = new StringContent(Csv);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(part, "file", "people.csv");
        return await AllInOneInstance.ReadAsync(await instance.Client.PostAsync(new Uri("/api/automation/files/upload", UriKind.Relative), form));
    }

    private static async Task<JsonElement> VerifyAsync(AllInOneInstance instance, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/platform/auth/verify");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await AllInOneInstance.ReadAsync(await instance.Client.SendAsync(request));
    }

    private static async Task<JsonElement> PollAsync(AllInOneInstance instance, string path, Func<JsonElement, bool> done)
    {
        JsonElement answer = default;
        for (var i = 0; i < 500; i++)
        {
            answer = await instance.GetAsync(path);
            if (done(answer))
            {
                return answer;
            }
            await Task.Delay(20);
        }
        throw new InvalidOperationException($"{path} stays at {answer.GetRawText()}");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}

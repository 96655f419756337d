using System.Data.Common;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>An instance on SQLite, in use and with history, moves to PostgreSQL.</summary>
public sealed class MovingUpTests(PostgresServer postgres)
{
    private const int Metrics = 300_000;

    [Fact]
    public async Task MigrateFrom_KilledAndRunAgain_BringsEverythingOver()
    {
        await using var instance = await AllInOneInstance.StartAsync();
        var token = (await instance.PostAsync("/api/platform/auth/register", """{"email":"ada@example.com","password":"correct horse"}""")).GetProperty("access_token").GetString()!;
        var file = Path.Combine(instance.Folder, "data", "pyairtable.db");
        await FillAsync(file);
        var target = await postgres.CreateDatabaseAsync();
        string[] arguments = ["migrate", "--from", "sqlite:///" + file, "--to", target];

        await using (var first = ExecutableProcess.Start(PublishedExecutable.AllInOne, instance.Folder, instance.Environment, arguments))
        {
            await UntilAsync(async () => await CountAsync(target) > 0);
            first.Signal(ExecutableProcess.Sigkill);
            await first.WaitForExitAsync();
        }
        Assert.InRange(await CountAsync(target), 1, Metrics - 1);
        await instance.PostAsync("/api/platform/auth/register", """{"email":"late@example.com","password":"correct horse"}""");
        var (code, output, errors) = await ExecutableProcess.RunAsync(PublishedExecutable.AllInOne, instance.Folder, instance.Environment, arguments);

        Assert.Equal((0, ""), (code, errors));
        Assert.Matches(@"platform_users\s+2 rows", output);
        Assert.Matches(@"platform_analytics_metrics\s+300,000 rows", output);
        instance.Process.Signal(ExecutableProcess.Sigterm);
        Assert.Equal(0, await instance.Process.WaitForExitAsync());
        await using var moved = await AllInOneInstance.StartAsync(
            ("DATABASE_URL", target), ("JWT_SECRET_FILE", Path.Combine(instance.Folder, "data", "secrets", "jwt_secret")));
        Assert.True((await VerifyAsync(moved, token)).GetProperty("valid").GetBoolean());
        Assert.Equal(3, (await moved.PostAsync("/api/platform/auth/register", """{"email":"new@example.com","password":"correct horse"}""")).GetProperty("user").GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData("migrate --from", "migrate --from takes a SQLite URL")]
    [InlineData("migrate --from sqlite:///a.db", "--to, or DATABASE_URL, takes a PostgreSQL URL")]
    [InlineData("migrate --from postgresql://u@h/d --to postgresql://u@h/d", "--from takes a SQLite URL")]
    [InlineData("migrate --from sqlite:///none.db --to postgresql://u@127.0.0.1:1/d", "there is no file")]
    [InlineData("migrate --to postgresql://u@h/d", "migrate takes no option")]
    public async Task MigrateFrom_Misused_SaysHow(string line, string fault)
    {
        var folder = Directory.CreateTempSubdirectory("moving-").FullName;

        var (code, output, errors) = await ExecutableProcess.RunAsync(PublishedExecutable.AllInOne, folder, new Dictionary<string, string>(), line.Split(' '));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(fault, errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    private static async Task FillAsync(string file)
    {
        Assert.True(DatabaseOptions.TryParse("sqlite:///" + file, "", out var options, out _));
        await using var database = Database.Create(options!, NullLoggerFactory.Instance, TimeProvider.System);
        await database.WriteAsync(
            async (connection, transaction, token) =>
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = $$"""
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{Metrics}})
                    INSERT INTO platform_analytics_metrics (metric_name, metric_value, metric_type, labels, timestamp)
                    SELECT 'api_calls', i, 'counter', '{}', '2025-01-15 09:30:00.000000' FROM n
                    """;
                await command.ExecuteNonQueryAsync(token);
            },
            CancellationToken.None);
    }

    private static async Task<long> CountAsync(string url)
    {
        Assert.True(DatabaseOptions.TryParse(url, "", out var options, out _));
        await using var database = Database.Create(options!, NullLoggerFactory.Instance, TimeProvider.System);
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM platform_analytics_metrics";
        try
        {
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (DbException)
        {
            // Not made yet.
            return 0;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> met)
    {
        for (var i = 0; !await met(); i++)
        {
            Assert.True(i < 3000);
            await Task.Delay(10);
        }
    }

    private static async Task<JsonElement> VerifyAsync(AllInOneInstance instance, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/platform/auth/verify");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await AllInOneInstance.ReadAsync(await instance.Client.SendAsync(request));
    }
}

using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Hosting.Tests.Data;

public sealed class PostgresOutageTests
{
    [Fact]
    public async Task Ping_ServerGoesAndComesBack_IsFalseThenTrue()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = new PostgresServer();
        await using var storage = await TestDatabase.CreateAsync(DatabaseEngine.PostgreSql, server);
        var connections = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => storage.Database.OpenAsync(token).AsTask()));
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        Assert.True(await storage.Database.PingAsync(token));
        await server.StopAsync();
        Assert.False(await storage.Database.PingAsync(token));
        Assert.Equal(0, storage.Database.CheckedOut);
        await server.StartAsync();
        Assert.True(await storage.Database.PingAsync(token));
    }
}

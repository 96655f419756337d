using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tests.Storage;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Sessions;

public abstract class SessionSweepTests(DatabaseEngine engine, PostgresServer server) : EngineTests(engine, server)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var text in UserStoreTests.Migrations(Engine))
        {
            await ExecuteAsync(text);
        }

        await ExecuteAsync("INSERT INTO platform_users (id, email, password_hash, is_active, created_at, updated_at, meta_data) VALUES (1, 'a@b.co', 'x', true, '2025-01-01 00:00:00', '2025-01-01 00:00:00', '{}')");
    }

    [Fact]
    public async Task Sweep_MoreThanABatch_RemovesAllThatHasExpiredAndNothingElse()
    {
        var (past, future) = (Clock.Now(), Clock.Now().AddSeconds(1));
        await AddAsync(SessionSweep.Batch + 3, past);
        await AddAsync(2, future);
        var revoked = new RevokedTokenStore(Storage.Database);
        await revoked.AddAsync(Guid.NewGuid(), past, Token);
        await revoked.AddAsync(Guid.NewGuid(), future, Token);

        Assert.Equal(SessionSweep.Batch + 4, await SweepOf(Storage.Database).SweepAsync(Token));
        Assert.Equal(2L, await ReadAsync("SELECT count(*) FROM platform_refresh_tokens"));
        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM platform_revoked_tokens"));
    }

    [Fact]
    public async Task Sweep_InTwoProcessesAtOnce_RemovesEachOnce()
    {
        await AddAsync(3 * SessionSweep.Batch, Clock.Now());
        await using var other = Storage.Open();

        var removed = await Task.WhenAll(SweepOf(Storage.Database).SweepAsync(Token), SweepOf(other).SweepAsync(Token));
        Assert.Equal(0L, (long)(3 * SessionSweep.Batch) - removed.Sum() - (long)(await ReadAsync("SELECT count(*) FROM platform_refresh_tokens"))!);
        await SweepOf(other).SweepAsync(Token);
        Assert.Equal(0L, await ReadAsync("SELECT count(*) FROM platform_refresh_tokens"));
    }

    [Fact]
    public async Task Stop_WhileItWaits_EndsAtOnce()
    {
        using var sweep = SweepOf(Storage.Database);
        await sweep.StartAsync(Token);
        await sweep.StopAsync(Token);

        Assert.True(sweep.ExecuteTask is { IsCompleted: true, IsFaulted: false });
    }

    private SessionSweep SweepOf(Database database) => new(new RefreshTokenStore(database), new RevokedTokenStore(database), Clock, NullLogger.Instance);

    private Task AddAsync(int count, DateTime expiresAt) => Storage.Database.WriteAsync(
        async (connection, transaction, token) =>
        {
            for (var i = 0; i < count; i++)
            {
                await RefreshTokenStore.AddAsync(connection, transaction, 1, Guid.NewGuid(), new NewRefreshToken(RefreshToken.HashOf(RefreshToken.New()), expiresAt.AddDays(-7), expiresAt), token);
            }
        },
        Token);
}

using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Storage;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

/// <summary>The user table on either engine, made by a migration.</summary>
public abstract class UserStoreTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private static readonly DateTime Made = new DateTime(2025, 1, 15, 9, 30, 0).AddMicroseconds(123456);
    private TestDatabase _storage = null!;
    private UserStore _users = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static User Ada => new() { Email = "Ada@example.com", PasswordHash = "$2b$", IsActive = true, CreatedAt = Made, UpdatedAt = Made, FirstName = "Ada" };

    private static NewRefreshToken NewToken => new(RefreshToken.HashOf(RefreshToken.New()), Made, Made.AddDays(7));

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(engine, server);
        foreach (var text in Migrations(engine))
        {
            await _storage.ExecuteAsync(text);
        }

        _users = new UserStore(_storage.Database);
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Add_NewAddress_IsFoundByAddress()
    {
        var id = await _users.AddAsync(Ada, NewToken, Token);

        Assert.Equal(Ada with { Id = id!.Value }, await _users.FindByEmailAsync("Ada@example.com", Token));
        Assert.Null(await _users.FindByEmailAsync("eve@example.com", Token));
    }

    [Fact]
    public async Task Add_NewUser_HasTheColumnsThatPythonReads()
    {
        await _users.AddAsync(Ada, NewToken, Token);

        Assert.Equal("{}", await _storage.ReadAsync("SELECT CAST(meta_data AS text) FROM platform_users"));
        Assert.Equal(1L, await _storage.ReadAsync("SELECT count(*) FROM platform_users WHERE updated_at = created_at AND last_name IS NULL"));
    }

    [Theory]
    [InlineData("Ada@example.com")]
    [InlineData("aDA@example.com")]
    public async Task Add_AddressTaken_AnswersNull(string email)
    {
        await _users.AddAsync(Ada, NewToken, Token);

        Assert.True(await _users.IsTakenAsync(email, Token));
        Assert.Null(await _users.AddAsync(Ada with { Email = email }, NewToken, Token));
    }

    [Fact]
    public async Task Add_OneAddressAtOnceByTwoProcesses_OneIsAdded()
    {
        await using var other = _storage.Open();
        UserStore[] stores = [_users, new(other)];

        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => stores[i % 2].AddAsync(Ada with { Email = i % 3 == 0 ? "ADA@example.com" : "ada@example.com" }, NewToken, Token)));

        Assert.Single(added, id => id is not null);
    }

    [Fact]
    public async Task FindByEmail_RowsThatDifferInCase_TakesTheExactOneOrNone()
    {
        await _storage.ExecuteAsync("""
            INSERT INTO platform_users (email, password_hash, is_active, created_at, updated_at, meta_data)
            VALUES ('twin@example.com', 'x', true, '2025-01-15 09:30:00', '2025-01-15 09:30:00', '{}'),
                   ('Twin@example.com', 'x', true, '2025-01-15 09:30:00', '2025-01-15 09:30:00', '{}')
            """);

        Assert.Equal("twin@example.com", (await _users.FindByEmailAsync("twin@example.com", Token))?.Email);
        Assert.Equal("Twin@example.com", (await _users.FindByEmailAsync("Twin@example.com", Token))?.Email);
        Assert.Null(await _users.FindByEmailAsync("TWIN@example.com", Token));
    }

    /// <summary>The texts of all migrations, in their order.</summary>
    internal static IEnumerable<string> Migrations(DatabaseEngine engine)
    {
        var names = typeof(PlatformModule).Assembly.GetManifestResourceNames().Where(name => name.StartsWith($"Migrations/{engine}/", StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(typeof(PlatformModule).Assembly.GetManifestResourceStream(name)!);
            yield return text.ReadToEnd();
        }
    }
}

using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

/// <summary>A database that the Python service made and filled, and what it must still be able to do with it (platform contract 3.7).</summary>
public sealed class PythonDatabaseTests(PostgresServer server) : IAsyncLifetime
{
    // As SQLAlchemy writes it.
    private const string Table = """
        CREATE TABLE platform_users (
            id SERIAL NOT NULL,
            email VARCHAR(255) NOT NULL,
            password_hash VARCHAR(255) NOT NULL,
            is_active BOOLEAN NOT NULL,
            created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
            first_name VARCHAR(100),
            last_name VARCHAR(100),
            meta_data JSON NOT NULL,
            PRIMARY KEY (id),
            UNIQUE (email)
        )
        """;

    // The hash is a vector of Python's bcrypt, of the password Kk4DQuMMfZL9o.
    private const string Rows = """
        INSERT INTO platform_users (email, password_hash, is_active, created_at, updated_at, first_name, last_name, meta_data) VALUES
        ('old@example.com', '$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm', true, '2025-01-15 09:30:00.123456', '2025-01-15 09:30:00', 'Old', NULL, '{}'),
        ('Twin@example.com', '$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm', true, '2025-01-15 09:30:00', '2025-01-15 09:30:00', NULL, NULL, '{"a":1}'),
        ('twin@example.com', '$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm', true, '2025-01-15 09:30:00', '2025-01-15 09:30:00', NULL, NULL, '{}')
        """;

    // As PyJWT makes it from the secret of the test host: sub, email, iat, exp (2100) and type, in this order.
    private const string Claims = """{"sub":"1","email":"old@example.com","iat":1736933400,"exp":4102444800,"type":"access"}""";

    private TestDatabase _storage = null!;
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(DatabaseEngine.PostgreSql, server);
        await _storage.ExecuteAsync(Table);
        await _storage.ExecuteAsync(Rows);
        _host = await PlatformHost.StartAsync(_storage.Options.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task Login_UserOfPython_Succeeds()
    {
        var (status, body, _) = await _host.LoginAsync("OLD@example.com", "Kk4DQuMMfZL9o");

        Assert.Equal(200, status);
        Assert.Contains(""","user":{"id":1,"email":"old@example.com","first_name":"Old","last_name":null,"is_active":true,"created_at":"2025-01-15T09:30:00.123456"},""", body);
    }

    [Theory]
    [InlineData("Twin@example.com", 200, "\"created_at\":\"2025-01-15T09:30:00\"")]
    [InlineData("twin@example.com", 200, "\"email\":\"twin@example.com\"")]
    [InlineData("TWIN@example.com", 401, "Invalid credentials")]
    public async Task Login_RowsThatDifferInCaseOnly_EachWork(string email, int expected, string part)
    {
        var (status, body, _) = await _host.LoginAsync(email, "Kk4DQuMMfZL9o");

        Assert.Equal(expected, status);
        Assert.Contains(part, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_TokenOfPython_IsAccepted()
    {
        var (status, body, _) = await _host.SendAsync("GET", "/auth/verify", headers: "Authorization: Bearer " + Tokens.HandMadeToken.Make(Claims, PlatformHost.Secret));

        Assert.Equal(200, status);
        Assert.StartsWith("""{"valid":true,"user":{"id":1,"email":"old@example.com",""", body);
    }

    [Fact]
    public async Task Sessions_UserOfPython_AreKeptBeside()
    {
        var (access, refresh) = PlatformHost.Tokens(await _host.LoginAsync("old@example.com", "Kk4DQuMMfZL9o"));
        var python = Tokens.HandMadeToken.Make(Claims, PlatformHost.Secret);
        Assert.Equal(200, (await _host.RefreshAsync(refresh)).Status);
        Assert.Equal(200, await _host.StatusOfAsync(python, "/api/v1/users/profile"));

        Assert.Equal(200, (await _host.SendAsync("POST", "/auth/change-password", """{"current_password":"Kk4DQuMMfZL9o","new_password":"another one"}""", "Authorization: Bearer " + python)).Status);
        Assert.Equal((401, 401), (await _host.StatusOfAsync(access), await _host.StatusOfAsync(python)));
        Assert.Equal(200, (await _host.LoginAsync("old@example.com", "another one")).Status);
    }

    [Fact]
    public async Task Insert_OfPythonInAnotherCase_StillWorks()
    {
        await _host.RegisterAsync("new@example.com");
        await _storage.ExecuteAsync("""
            INSERT INTO platform_users (email, password_hash, is_active, created_at, updated_at, first_name, last_name, meta_data)
            VALUES ('New@example.com', '$2b$', true, '2025-01-15 09:30:00.5', '2025-01-15 09:30:00', NULL, NULL, '{}')
            """);

        Assert.Equal(200, (await _host.LoginAsync("new@example.com")).Status);
    }

    [Fact]
    public async Task Migrated_EmptyDatabase_HasTheTableThatPythonMakes()
    {
        const string Shape = """
            SELECT string_agg(concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable), ', ' ORDER BY ordinal_position)
            FROM information_schema.columns WHERE table_name = 'platform_users'
            """;
        const string Constraints = "SELECT string_agg(conname, ', ' ORDER BY conname) FROM pg_constraint WHERE conrelid = 'platform_users'::regclass";
        await using var migrated = await TestDatabase.CreateAsync(DatabaseEngine.PostgreSql, server);
        foreach (var text in UserStoreTests.Migrations(DatabaseEngine.PostgreSql))
        {
            await migrated.ExecuteAsync(text);
        }

        Assert.Equal(await _storage.ReadAsync(Shape), await migrated.ReadAsync(Shape));
        Assert.Equal("platform_users_email_key, platform_users_pkey", await migrated.ReadAsync(Constraints));
    }
}

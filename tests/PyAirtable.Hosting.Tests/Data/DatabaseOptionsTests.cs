using Npgsql;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Hosting.Tests.Data;

public sealed class DatabaseOptionsTests
{
    [Theory]
    [InlineData("", "/data/pyairtable.db")]
    [InlineData("  ", "/data/pyairtable.db")]
    [InlineData("sqlite:///relative.db", "{cwd}/relative.db")]
    [InlineData("sqlite:///./folder/relative.db", "{cwd}/folder/relative.db")]
    [InlineData("sqlite:////abs/file.db", "/abs/file.db")]
    [InlineData("sqlite:plain.db", "{cwd}/plain.db")]
    [InlineData("sqlite:/abs/file.db", "/abs/file.db")]
    [InlineData("SQLite:plain.db", "{cwd}/plain.db")]
    [InlineData("sqlite+aiosqlite:///relative.db", "{cwd}/relative.db")]
    [InlineData("sqlite:///with space é.db", "{cwd}/with space é.db")]
    public void TryParse_SqliteUrl_NamesTheFile(string url, string path)
    {
        var options = Parse(url);

        Assert.Equal(DatabaseEngine.Sqlite, options.Engine);
        Assert.Equal(path.Replace("{cwd}", Environment.CurrentDirectory, StringComparison.Ordinal), options.SqlitePath);
        Assert.Null(options.PostgresConnectionString);
    }

    [Theory]
    [InlineData("postgresql://ann:pw@db:5433/app", "db", 5433, "ann", "pw", "app")]
    [InlineData("postgres://ann:pw@db/app", "db", 5432, "ann", "pw", "app")]
    [InlineData("postgresql+asyncpg://ann:pw@db/app", "db", 5432, "ann", "pw", "app")]
    [InlineData("postgresql://ann:p%40s%2Fs%3A%25@db/app", "db", 5432, "ann", "p@s/s:%", "app")]
    [InlineData("postgresql://ann:p@ss@db/app", "db", 5432, "ann", "p@ss", "app")]
    [InlineData("postgresql://ann:pa/ss#1@db/app", "db", 5432, "ann", "pa/ss#1", "app")]
    [InlineData("postgresql://ann:a;b=c'd\"e@db/app", "db", 5432, "ann", "a;b=c'd\"e", "app")]
    [InlineData("postgresql://ann:a+b@db/app", "db", 5432, "ann", "a+b", "app")]
    [InlineData("postgresql://ann%20b@db/my%20app", "db", 5432, "ann b", null, "my app")]
    [InlineData("postgresql://ann@db", "db", 5432, "ann", null, null)]
    [InlineData("postgresql://ann:pw@[2001:db8::1]:6000/app", "2001:db8::1", 6000, "ann", "pw", "app")]
    [InlineData("postgresql://ann:pw@[::1]/app", "::1", 5432, "ann", "pw", "app")]
    public void TryParse_PostgresUrl_SplitsIt(string url, string host, int port, string user, string? password, string? database)
    {
        var settings = new NpgsqlConnectionStringBuilder(Parse(url).PostgresConnectionString);

        Assert.Equal((host, port, user, password, database), (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database));
    }

    [Theory]
    [InlineData("sslmode=disable", SslMode.Disable)]
    [InlineData("sslmode=allow", SslMode.Allow)]
    [InlineData("sslmode=prefer", SslMode.Prefer)]
    [InlineData("sslmode=require", SslMode.Require)]
    [InlineData("sslmode=verify-ca", SslMode.VerifyCA)]
    [InlineData("sslmode=verify-full&channel_binding=prefer", SslMode.VerifyFull)]
    [InlineData("ssl=require", SslMode.Require)]
    public void TryParse_SslMode_IsSet(string query, SslMode mode) =>
        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(Parse("postgresql://a@b/c?" + query).PostgresConnectionString).SslMode);

    [Fact]
    public void TryParse_OtherOptions_AreSet()
    {
        var settings = new NpgsqlConnectionStringBuilder(Parse("postgresql://a@b/c?connect_timeout=3&application_name=my%20app&sslrootcert=/ca.pem").PostgresConnectionString);

        Assert.Equal((3, "my app", "/ca.pem"), (settings.Timeout, settings.ApplicationName, settings.RootCertificate));
    }

    [Theory]
    [InlineData("sqlite::memory:", "in-memory")]
    [InlineData("sqlite://", "in-memory")]
    [InlineData("sqlite:///:memory:", "in-memory")]
    [InlineData("sqlite:", "no SQLite file")]
    [InlineData("sqlite://host/file.db", "names a host")]
    [InlineData("sqlite:file:x.db", "file: URI")]
    [InlineData("sqlite:///x.db?mode=memory", "'mode'")]
    [InlineData("sqlite:///folder/", "folder")]
    [InlineData("sqlite", "must start with")]
    [InlineData("mysql://ann:hunter2@db/app", "must start with")]
    [InlineData("hunter2", "must start with")]
    [InlineData("postgresql:", "must look like")]
    [InlineData("postgresql:ann:hunter2@db/app", "must look like")]
    [InlineData("postgresql://db/app", "no user")]
    [InlineData("postgresql://:hunter2@db/app", "no user")]
    [InlineData("postgresql://ann:hunter2@/app", "no host")]
    [InlineData("postgresql://ann:hunter2@db:/app", "port")]
    [InlineData("postgresql://ann:hunter2@db:0/app", "port")]
    [InlineData("postgresql://ann:hunter2@db:65536/app", "port")]
    [InlineData("postgresql://ann:hunter2@db:x/app", "port")]
    [InlineData("postgresql://ann:hunter2@[::1]x/app", "port")]
    [InlineData("postgresql://ann:hunter2@db1,db2/app", "several hosts")]
    [InlineData("postgresql://ann:hunter2@d b/app", "host")]
    [InlineData("postgresql://ann:hunter?2@db/app", "%3F")]
    [InlineData("postgresql://ann:hunter2@db/app?sslmode=on", "sslmode")]
    [InlineData("postgresql://ann:hunter2@db/app?connect_timeout=soon", "connect_timeout")]
    [InlineData("postgresql://ann:hunter2@db/app?password=hunter2", "'password'")]
    public void TryParse_WrongUrl_SaysWhatWithoutThePassword(string url, string said)
    {
        Assert.False(DatabaseOptions.TryParse(url, "/data", out var options, out var error));

        Assert.Null(options);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://ann:hunter2@db:5433/app?sslmode=disable", "postgresql://ann:***@db:5433/app?sslmode=disable")]
    [InlineData("postgres://ann@db", "postgres://ann@db/")]
    [InlineData("postgresql://ann:hunt@er/2@[::1]/app", "postgresql://ann:***@[::1]/app")]
    [InlineData("sqlite:////abs/file.db", "sqlite:////abs/file.db")]
    public void SafeUrl_Always_LeavesThePasswordOut(string url, string safe)
    {
        var options = Parse(url);

        Assert.Equal((safe, safe, url), (options.SafeUrl, options.ToString(), options.Url));
    }

    private static DatabaseOptions Parse(string url)
    {
        Assert.True(DatabaseOptions.TryParse(url, "/data", out var options, out var error), error);
        return options!;
    }
}

using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;
using PyAirtable.Testing;

namespace PyAirtable.Platform.Tests.Storage;

/// <summary>Looking users of tokens up, on either engine.</summary>
public abstract class OwnerStoreTests(DatabaseEngine engine, PostgresServer server) : IAsyncLifetime
{
    private static readonly DateTime Made = new DateTime(2025, 1, 15, 9, 30, 0).AddMicroseconds(123456);

    private TestDatabase _storage = null!;
    private UserStore _users = null!;
    private RevokedTokenStore _revoked = null!;
    private IOwnerStore _owners = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestDatabase.CreateAsync(engine, server);
        foreach (var text in UserStoreTests.Migrations(engine))
        {
            await _storage.ExecuteAsync(text);
        }

        (_users, _revoked, _owners) = (new UserStore(_storage.Database), new RevokedTokenStore(_storage.Database), OwnerStore.Of(_storage.Database));
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Find_User_HasAllColumns()
    {
        var id = await AddAsync("ada@example.com");
        await _storage.ExecuteAsync($"UPDATE platform_users SET first_name = 'Ada', tokens_valid_from = '2025-01-15 09:30:01.000000' WHERE id = {id}");

        Assert.Equal(
            new TokenOwner { Id = id, Email = "ada@example.com", PasswordHash = "$2b$", IsActive = true, CreatedAt = Made, UpdatedAt = Made, FirstName = "Ada", TokensValidFrom = new DateTime(2025, 1, 15, 9, 30, 1) },
            Assert.Single(await _owners.FindAsync([new OwnerQuestion(id, Guid.NewGuid())])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(256)]
    public async Task Find_ManyTokens_EachHasItsOwnAnswer(int count)
    {
        int[] users = [await AddAsync("ada@example.com"), await AddAsync("bob@example.com"), 999_999];
        List<OwnerQuestion> questions = [.. Enumerable.Range(0, count).Select(i => new OwnerQuestion(users[i % 3], Guid.NewGuid()))];
        foreach (var question in questions.Where(static (_, i) => i % 5 == 0))
        {
            await _revoked.AddAsync(question.TokenId, Made, Token);
        }

        // More than once, since the server plans a statement anew after some uses.
        for (var round = 0; round < 8; round++)
        {
            var found = await _owners.FindAsync(questions);

            Assert.Equal(questions.Select(question => question.UserId == 999_999 ? null : (int?)question.UserId), found.Select(static owner => owner?.Id));
            Assert.All(found.Index().Where(static one => one.Item is not null), static one => Assert.Equal(one.Index % 5 == 0, one.Item!.IsRevoked));
        }
    }

    [Fact]
    public async Task Find_SameTokenTwice_IsAnsweredTwice()
    {
        var question = new OwnerQuestion(await AddAsync("ada@example.com"), Guid.NewGuid());

        Assert.Equal([question.UserId, question.UserId], (await _owners.FindAsync([question, question])).Select(static owner => owner!.Id));
    }

    [Fact]
    public async Task Find_ChangedByAnotherProcessInBetween_SeesTheChange()
    {
        await using var other = _storage.Open();
        var question = new OwnerQuestion(await AddAsync("ada@example.com"), Guid.NewGuid());
        Assert.False((await _owners.FindAsync([question]))[0]!.IsRevoked);

        await new RevokedTokenStore(other).AddAsync(question.TokenId, Made, Token);
        Assert.True((await _owners.FindAsync([question]))[0]!.IsRevoked);
        await _storage.ExecuteAsync("ALTER TABLE platform_users ADD COLUMN later INTEGER");
        await _storage.ExecuteAsync("UPDATE platform_users SET email = 'eve@example.com'");
        Assert.Equal("eve@example.com", (await _owners.FindAsync([question]))[0]!.Email);
    }

    [Fact]
    public async Task Find_StatementFails_LaterOnesWork()
    {
        var question = new OwnerQuestion(await AddAsync("ada@example.com"), Guid.NewGuid());
        await _owners.FindAsync([question]);
        await _storage.ExecuteAsync("ALTER TABLE platform_users RENAME TO elsewhere");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => _owners.FindAsync([question]));

        await _storage.ExecuteAsync("ALTER TABLE elsewhere RENAME TO platform_users");
        Assert.Equal(question.UserId, (await _owners.FindAsync([question]))[0]!.Id);
    }

    private async Task<int> AddAsync(string email) =>
        (await _users.AddAsync(new User { Email = email, PasswordHash = "$2b$", IsActive = true, CreatedAt = Made, UpdatedAt = Made }, new NewRefreshToken(RefreshToken.HashOf(RefreshToken.New()), Made, Made.AddDays(7)), Token))!.Value;
}

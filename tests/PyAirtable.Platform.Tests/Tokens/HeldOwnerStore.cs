using System.Threading.Channels;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Tests.Tokens;

/// <summary>Users in memory, where user n has the address <c>n@example.com</c>; each query waits until the test lets it go on.</summary>
internal sealed class HeldOwnerStore : IOwnerStore
{
    private readonly Channel<HeldOwnerQuery> _begun = Channel.CreateUnbounded<HeldOwnerQuery>();

    /// <summary>The next query that was begun.</summary>
    public async Task<HeldOwnerQuery> NextAsync() => await _begun.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async Task<TokenOwner?[]> FindAsync(IReadOnlyList<OwnerQuestion> questions)
    {
        var query = new HeldOwnerQuery([.. questions.Select(static question => question.UserId)]);
        _begun.Writer.TryWrite(query);
        await query.End;
        return [.. query.Users.Select(static id => new TokenOwner { Id = id, Email = $"{id}@example.com" })];
    }
}

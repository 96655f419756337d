using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform.Tests.Tokens;

public sealed class OwnerLookupTests
{
    private readonly HeldOwnerStore _store = new();
    private readonly OwnerLookup _owners;

    public OwnerLookupTests() => _owners = new OwnerLookup(_store);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_NothingUnderWay_IsAskedAtOnce()
    {
        var found = FindAsync(7);
        (await _store.NextAsync()).Answer();

        Assert.Equal("7@example.com", (await found)!.Email);
    }

    [Fact]
    public async Task Find_WhileAQueryIsUnderWay_GatherForTheNext()
    {
        var (under, found) = await BeginAsync();
        Task<TokenOwner?>[] later = [FindAsync(101), FindAsync(102), FindAsync(101)];
        under.Answer();
        var next = await _store.NextAsync();
        await found;

        Assert.Equal([101, 102, 101], next.Users);
        Assert.All(later, one => Assert.False(one.IsCompleted));
        next.Answer();
        Assert.Equal([101, 102, 101], (await Task.WhenAll(later)).Select(static owner => owner!.Id));
    }

    [Fact]
    public async Task Find_MoreThanOneBatch_AllAreAnsweredInTheirOrder()
    {
        var (under, _) = await BeginAsync();
        Task<TokenOwner?>[] later = [.. Enumerable.Range(0, OwnerLookup.MaxBatch + 1).Select(FindAsync)];
        under.Answer();
        var first = await _store.NextAsync();
        first.Answer();
        var second = await _store.NextAsync();
        second.Answer();

        Assert.Equal((OwnerLookup.MaxBatch, 1), (first.Users.Count, second.Users.Count));
        Assert.Equal(Enumerable.Range(0, OwnerLookup.MaxBatch + 1), (await Task.WhenAll(later)).Select(static owner => owner!.Id));
    }

    [Fact]
    public async Task Find_QueryFails_ItsRequestsFailAndNoOther()
    {
        var (under, found) = await BeginAsync();
        Task<TokenOwner?>[] failing = [FindAsync(101), FindAsync(102)];
        under.Answer();
        var next = await _store.NextAsync();
        var after = FindAsync(103);
        next.Lose();

        Assert.Equal(1, (await found)!.Id);
        await Assert.ThrowsAsync<IOException>(() => failing[0]);
        await Assert.ThrowsAsync<IOException>(() => failing[1]);
        (await _store.NextAsync()).Answer();
        Assert.Equal(103, (await after)!.Id);
    }

    [Fact]
    public async Task Find_OneRequestCancelled_TheOthersOfItsQueryAreAnswered()
    {
        var (under, _) = await BeginAsync();
        using var gone = new CancellationTokenSource();
        var (cancelled, other) = (_owners.FindAsync(101, Guid.Empty, gone.Token), FindAsync(102));
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        under.Answer();
        (await _store.NextAsync()).Answer();
        Assert.Equal(102, (await other)!.Id);
    }

    [Fact]
    public async Task Find_TooManyWait_ThrowsAndTheOthersAreAnswered()
    {
        var (under, _) = await BeginAsync();
        Task<TokenOwner?>[] waiting = [.. Enumerable.Range(0, OwnerLookup.MaxWaiting).Select(FindAsync)];

        await Assert.ThrowsAsync<InvalidOperationException>(() => FindAsync(101));
        under.Answer();
        for (var left = waiting.Length; left > 0;)
        {
            var next = await _store.NextAsync();
            next.Answer();
            left -= next.Users.Count;
        }

        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Find_AllAnsweredBefore_IsAskedAtOnceAgain()
    {
        for (var user = 0; user < 3; user++)
        {
            var found = FindAsync(user);
            (await _store.NextAsync()).Answer();
            Assert.Equal(user, (await found)!.Id);
        }
    }

    private async Task<(HeldOwnerQuery Query, Task<TokenOwner?> Found)> BeginAsync()
    {
        var found = FindAsync(1);
        return (await _store.NextAsync(), found);
    }

    private async Task<TokenOwner?> FindAsync(int user) => await _owners.FindAsync(user, Guid.Empty, Token);
}

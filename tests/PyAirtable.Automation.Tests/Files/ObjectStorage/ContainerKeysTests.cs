using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Files.ObjectStorage;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

public sealed class ContainerKeysTests : IAsyncLifetime
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ManualTime _clock = new();
    private readonly StorageConnections _connections = new();
    private StandIn _agent = null!;
    private RequestDelegate _answer = static http => Task.CompletedTask;
    private int _given;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _answer = GiveAsync;
        _agent = await StandIn.StartAsync(http => _answer(http));
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        await _agent.DisposeAsync();
    }

    [Fact]
    public async Task Get_SeveralAtOnce_AsksOnceUntilShortlyBeforeTheyExpire()
    {
        await using var keys = Of();
        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => keys.GetAsync(Token).AsTask()));
        _clock.Advance(Life - ContainerKeys.Early - TimeSpan.FromSeconds(1));
        await keys.GetAsync(Token);
        var asked = _agent.Seen.Count;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.All(first, key => Assert.Equal(("id1", "secret1", "token1"), (key.Id, key.Secret, key.SessionToken)));
        Assert.Equal(1, asked);
        Assert.Equal("id2", (await keys.GetAsync(Token)).Id);
    }

    [Fact]
    public async Task Get_EndpointFails_GoesOnWithKeysThatLast()
    {
        await using var keys = Of();
        await keys.GetAsync(Token);
        _answer = static http => StandIn.WriteAsync(http, 500, "");
        _clock.Advance(Life - TimeSpan.FromMinutes(1));

        Assert.Equal("id1", (await keys.GetAsync(Token)).Id);
        Assert.Equal("id1", (await keys.GetAsync(Token)).Id);
        // The second one did not ask again so soon.
        Assert.Equal(2, _agent.Seen.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => keys.GetAsync(Token).AsTask());
    }

    [Fact]
    public async Task Get_AfterForget_AsksAgain()
    {
        await using var keys = Of();
        var first = await keys.GetAsync(Token);
        keys.Forget(first);
        var second = await keys.GetAsync(Token);
        // Told late by a request that began before.
        keys.Forget(first);

        Assert.Equal(("id2", "id2"), (second.Id, (await keys.GetAsync(Token)).Id));
    }

    [Fact]
    public async Task Get_TokenFile_IsReadEachTime()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "one\n", Token);
        await using var keys = Of(tokenFile: file);
        keys.Forget(await keys.GetAsync(Token));
        await File.WriteAllTextAsync(file, "two", Token);
        await keys.GetAsync(Token);
        File.Delete(file);

        Assert.Equal(["one", "two"], _agent.Seen.Select(request => request.Header("Authorization")));
    }

    [Theory]
    [InlineData(404, "{}", "answered 404")]
    [InlineData(302, "{}", "answered 302")]
    [InlineData(200, "", "answered with something else than keys")]
    [InlineData(200, "[]", "answered with something else than keys")]
    [InlineData(200, """{"AccessKeyId":"i","SecretAccessKey":"hidden"}""", "answered with something else than keys")]
    [InlineData(200, """{"AccessKeyId":"i","SecretAccessKey":"hidden","Expiration":"soon"}""", "answered with something else than keys")]
    [InlineData(200, """{"AccessKeyId":"i","SecretAccessKey":null,"Expiration":"2030-01-01T00:00:00Z"}""", "answered with something else than keys")]
    public async Task Get_NoKeys_SaysWhyWithoutTheAnswer(int status, string body, string reason)
    {
        _answer = http => StandIn.WriteAsync(http, status, body);
        await using var keys = Of(token: "bearer-secret");

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => keys.GetAsync(Token).AsTask());
        Assert.Equal($"the endpoint of the container's credentials: {reason}", failure.Message);
        Assert.Equal("bearer-secret", _agent.Seen.First().Header("Authorization"));
    }

    private ContainerKeys Of(string token = "", string tokenFile = "") => new(new(new Uri(_agent.Url + "/v2/credentials"), token, tokenFile), _connections, _clock);

    private Task GiveAsync(HttpContext http)
    {
        var number = Interlocked.Increment(ref _given);
        var expires = (_clock.GetUtcNow() + Life).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return StandIn.WriteAsync(http, 200, $$"""{"RoleArn":"r","AccessKeyId":"id{{number}}","SecretAccessKey":"secret{{number}}","Token":"token{{number}}","Expiration":"{{expires}}"}""");
    }
}

using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Files;
using PyAirtable.Automation.Files.ObjectStorage;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

/// <summary>A storage that fails in every way, behind which the good answer may or may not come.</summary>
public sealed class BucketClientTests : IAsyncLifetime
{
    private const string Secret = "the-secret-itself";
    private const string SlowDown = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    private readonly HastyTime _clock = new() { Limit = TimeSpan.FromSeconds(15) };
    private readonly StorageConnections _connections = new();
    private readonly Queue<RequestDelegate> _faults = new();
    private readonly RenewedKeys _keys = new();
    private StandIn _storage = null!;
    private string _url = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await StandIn.StartAsync(http =>
        {
            RequestDelegate? fault;
            lock (_faults)
            {
                _faults.TryDequeue(out fault);
            }
            return fault is null ? StandIn.WriteAsync(http, 200, "good") : fault(http);
        });
        _url = _storage.Url;
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        await _storage.DisposeAsync();
    }

    public static TheoryData<string> Passing => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Send_FaultThatPasses_IsTriedAgain(string fault)
    {
        Fail(fault, 3);

        Assert.Equal("good", await GetAsync());
        Assert.Equal(4, _storage.Seen.Count);
        Assert.Equal(3, _clock.Waits.Count);
        Assert.True(_clock.Waits.SequenceEqual(_clock.Waits.Order()), "waits grow");
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Send_FaultThatStays_IsGivenUp(string fault)
    {
        Fail(fault, 9);

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(GetAsync);
        Assert.Equal(4, _storage.Seen.Count);
        Assert.StartsWith("object storage: GET ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_Silence_TimesOut()
    {
        for (var i = 0; i < 4; i++)
        {
            Fail(static http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        }

        // Under this clock the limit of a request of another size is over at once.
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => GetAsync(bytes: 1L << 30));

        Assert.Equal("object storage: GET timed out", failure.Message);
    }

    [Fact]
    public async Task Send_NobodyListens_SaysSo()
    {
        _url = $"http://127.0.0.1:{FreePort.Next()}";

        Assert.Equal("object storage: GET connection refused", (await Assert.ThrowsAsync<StorageUnavailableException>(GetAsync)).Message);
    }

    [Theory]
    [InlineData(403, "SignatureDoesNotMatch", null, "answered 403 SignatureDoesNotMatch")]
    [InlineData(403, "AccessDenied", null, "answered 403 AccessDenied")]
    [InlineData(404, "NoSuchBucket", null, "answered 404 NoSuchBucket")]
    [InlineData(301, "PermanentRedirect", "eu-west-3", "answered 301 PermanentRedirect, the bucket is in eu-west-3")]
    [InlineData(400, "a b\nc", "not a region", "answered 400")]
    public async Task Send_Refusal_IsNotTriedAgainAndShowsNoSecret(int status, string code, string? region, string reason)
    {
        Fail(http =>
        {
            http.Response.Headers["x-amz-bucket-region"] = region;
            return StandIn.WriteAsync(http, status, $"<Error><Code>{code}</Code><StringToSign>{Secret}</StringToSign></Error>");
        });

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(GetAsync);
        Assert.Equal("object storage: GET " + reason, failure.Message);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.Single(_storage.Seen);
    }

    [Fact]
    public async Task Send_MissingObject_IsToldApart()
    {
        Fail(static http => StandIn.WriteAsync(http, 404, "<Error><Code>NoSuchKey</Code></Error>"));

        await Assert.ThrowsAsync<FileNotFoundException>(GetAsync);
    }

    [Fact]
    public async Task Send_ExpiredKeys_AreRenewed()
    {
        Fail(static http => StandIn.WriteAsync(http, 400, "<Error><Code>ExpiredToken</Code></Error>"));

        Assert.Equal("good", await GetAsync());
        Assert.Equal([true, false], _storage.Seen.Select(request => request.Header("Authorization")!.Contains("Credential=key1/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Send_Cancelled_StopsTrying()
    {
        using var cancel = new CancellationTokenSource();
        Fail(http =>
        {
            cancel.Cancel();
            http.Abort();
            return Task.CompletedTask;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(cancel: cancel.Token));
        Assert.Single(_storage.Seen);
    }

    private static Dictionary<string, RequestDelegate> Faults { get; } = new()
    {
        ["500"] = static http => StandIn.WriteAsync(http, 500, "<Error><Code>InternalError</Code></Error>"),
        ["503"] = static http => StandIn.WriteAsync(http, 503, SlowDown),
        ["429"] = static http => StandIn.WriteAsync(http, 429, ""),
        ["400 RequestTimeout"] = static http => StandIn.WriteAsync(http, 400, "<Error><Code>RequestTimeout</Code></Error>"),
        ["reset"] = static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        },
        ["cut short"] = static async http =>
        {
            http.Response.ContentLength = 100;
            await http.Response.WriteAsync("half");
            await http.Response.Body.FlushAsync();
            http.Abort();
        },
    };

    private void Fail(string fault, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Fail(Faults[fault]);
        }
    }

    private void Fail(RequestDelegate fault)
    {
        lock (_faults)
        {
            _faults.Enqueue(fault);
        }
    }

    private Task<string> GetAsync() => GetAsync(0);

    private Task<string> GetAsync(long bytes = 0, CancellationToken? cancel = null)
    {
        Assert.True(Bucket.TryParse("s3://files", out var bucket));
        var client = new BucketClient(bucket.At("us-east-1", _url), _keys, _connections, _clock);
        return client.SendAsync(
            new BucketRequest(HttpMethod.Get, new Uri(_url + "/files/x")) { Bytes = bytes },
            static (answer, token) => answer.Content.ReadAsStringAsync(token),
            cancel ?? Token);
    }

    private sealed class RenewedKeys : IAccessKeySource
    {
        private int _number = 1;

        public ValueTask<AccessKeys> GetAsync(CancellationToken cancel) => new(new AccessKeys($"key{_number}", Secret, "", DateTimeOffset.MaxValue));

        public void Forget(AccessKeys expired) => _number++;
    }
}

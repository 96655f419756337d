using System.Globalization;
using System.Text.Json;
using PyAirtable.Automation.Outbound;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>Keys of the container's role. They are asked for when first needed, and again before they expire; those that are there go on while they last.</summary>
/// <param name="endpoint">Where to ask.</param>
/// <param name="connections">How.</param>
/// <param name="clock">The clock.</param>
internal sealed class ContainerKeys(ContainerEndpoint endpoint, StorageConnections connections, TimeProvider clock) : IAccessKeySource, IAsyncDisposable
{
    /// <summary>How long before they expire keys are replaced.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private const int MaxAnswerBytes = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile AccessKeys? _keys;
    private DateTimeOffset _failedUntil;

    public async ValueTask<AccessKeys> GetAsync(CancellationToken cancel)
    {
        if (_keys is { } fresh && IsFresh(fresh))
        {
            return fresh;
        }
        await _turn.WaitAsync(cancel);
        try
        {
            var held = _keys;
            var lasts = held?.Expires > clock.GetUtcNow();
            if (lasts && (IsFresh(held!) || clock.GetUtcNow() < _failedUntil))
            {
                return held!;
            }
            try
            {
                return _keys = await FetchAsync(cancel);
            }
            catch (StorageUnavailableException) when (lasts)
            {
                _failedUntil = clock.GetUtcNow() + PauseAfterFailure;
                return held!;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Forget(AccessKeys expired) => Interlocked.CompareExchange(ref _keys, null, expired);

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool IsFresh(AccessKeys keys) => keys.Expires - Early > clock.GetUtcNow();

    private async Task<AccessKeys> FetchAsync(CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.Url);
            if (await ReadTokenAsync(either.Token) is { Length: > 0 } token)
            {
                request.Headers.TryAddWithoutValidation("Authorization", token);
            }
            using var answer = await connections.SendAsync(request, either.Token);
            return answer.IsSuccessStatusCode && await BoundedBody.ReadAsync(answer.Content, MaxAnswerBytes, either.Token) is { } body
                ? Read(JsonElement.Parse(body))
                : throw Failed($"answered {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Failed("timed out");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failed(FailureReason.Of(e));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Failed("answered with something else than keys");
        }
    }

    private async Task<string> ReadTokenAsync(CancellationToken cancel)
    {
        try
        {
            return endpoint.TokenFile.Length > 0 ? (await File.ReadAllTextAsync(endpoint.TokenFile, cancel)).Trim() : endpoint.Token;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("its token cannot be read");
        }
    }

    private static AccessKeys Read(JsonElement json) => new(
        json.GetProperty("AccessKeyId").GetString() ?? throw new FormatException(),
        json.GetProperty("SecretAccessKey").GetString() ?? throw new FormatException(),
        json.TryGetProperty("Token", out var token) ? token.GetString() ?? "" : "",
        DateTimeOffset.Parse(json.GetProperty("Expiration").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static StorageUnavailableException Failed(string reason) => new($"the endpoint of the container's credentials: {reason}", mayPass: true);
}

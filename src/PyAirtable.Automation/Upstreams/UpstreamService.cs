using System.Net;
using System.Net.Http.Headers;
using PyAirtable.Automation.Outbound;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Automation.Upstreams;

/// <summary>One of the product's other services, which takes and gives JSON.</summary>
/// <param name="urls">Its base URLs; where there are several, each further attempt goes to the next one.</param>
/// <param name="limit">Time that one request may take.</param>
/// <param name="connections">How it is reached.</param>
/// <param name="clock">The clock.</param>
internal sealed class UpstreamService(IReadOnlyList<string> urls, TimeSpan limit, UpstreamConnections connections, TimeProvider clock)
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>Sends JSON and reads the answer, whatever its status.</summary>
    /// <param name="method">Method.</param>
    /// <param name="path">Path below the base URL.</param>
    /// <param name="json">Body.</param>
    /// <param name="idempotencyKey">The same for every attempt at one deed.</param>
    /// <param name="attempt">From 0.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="UpstreamFailedException">There is no answer.</exception>
    public async Task<UpstreamAnswer> SendAsync(HttpMethod method, string path, byte[] json, string idempotencyKey, int attempt, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        using var request = new HttpRequestMessage(method, urls[attempt % urls.Count].TrimEnd('/') + path)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (connections.Key is { Length: > 0 } key)
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        }
        try
        {
            using var answer = await connections.SendAsync(request, either.Token);
            return new((int)answer.StatusCode, RetryAfter(answer), await TryReadAsync(answer, either.Token, cancel));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new UpstreamFailedException("timed out", isRefused: false);
        }
        catch (HttpRequestException e)
        {
            throw new UpstreamFailedException(FailureReason.Of(e), FailureReason.IsRefused(e));
        }
    }

    // The head says what was done; a body that breaks off does not undo it.
    private static async Task<byte[]?> TryReadAsync(HttpResponseMessage answer, CancellationToken limited, CancellationToken cancel)
    {
        try
        {
            return await BoundedBody.ReadAsync(answer.Content, MaxAnswerBytes, limited);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}

using System.Net;
using System.Net.Sockets;
using PyAirtable.Automation.Outbound;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>Sends signed requests to object storage, and again after what may pass: no answer, an overload, expired keys.</summary>
/// <param name="bucket">Where.</param>
/// <param name="source">Whose requests they are.</param>
/// <param name="connections">How.</param>
/// <param name="clock">The clock.</param>
internal sealed class BucketClient(Bucket bucket, IAccessKeySource source, StorageConnections connections, TimeProvider clock)
{
    private const int Attempts = 4;
    private const int SlowestBytesPerSecond = 512 * 1024;
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    /// <summary>Sends, and has the answer read where it is a good one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads the answer; called once for each attempt that is answered.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    /// <exception cref="StorageUnavailableException">The storage refuses, or did not answer at any attempt.</exception>
    public async Task<T> SendAsync<T>(BucketRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        var wait = FirstWait;
        for (var attempt = 1; ; attempt++, wait *= 4)
        {
            try
            {
                return await TryAsync(request, read, cancel);
            }
            catch (StorageUnavailableException e) when (e.MayPass && attempt < Attempts)
            {
                await Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), clock, cancel);
            }
        }
    }

    private async Task<T> TryAsync<T>(BucketRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(ShortestLimit + TimeSpan.FromSeconds(request.Bytes / SlowestBytesPerSecond), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            var keys = await source.GetAsync(either.Token);
            using var message = request.ToMessage(keys, bucket.Region, clock.GetUtcNow());
            using var answer = await connections.SendAsync(message, either.Token);
            if (answer.IsSuccessStatusCode)
            {
                return await read(answer, either.Token);
            }
            var refusal = await BucketRefusal.ReadAsync(answer, either.Token);
            if (refusal.IsExpired)
            {
                source.Forget(keys);
            }
            throw refusal.IsMissing ? new FileNotFoundException() : new StorageUnavailableException($"object storage: {request.Method} {refusal.Reason}", refusal.MayPass);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"object storage: {request.Method} timed out", mayPass: true);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException or IOException { InnerException: SocketException })
        {
            throw new StorageUnavailableException($"object storage: {request.Method} {FailureReason.Of(e)}", mayPass: true);
        }
    }
}

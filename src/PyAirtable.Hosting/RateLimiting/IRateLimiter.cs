namespace PyAirtable.Hosting.RateLimiting;

/// <summary>Token buckets, one per key. In this process (<see cref="LocalRateLimiter"/>) or shared by many (<see cref="RedisRateLimiter"/>).</summary>
public interface IRateLimiter
{
    /// <summary>Takes one token from the key's bucket if there is one.</summary>
    /// <param name="key">Who is limited: an address, a key's id or hash. Never a secret itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<RateLimitDecision> TakeAsync(string key, CancellationToken cancellationToken);
}

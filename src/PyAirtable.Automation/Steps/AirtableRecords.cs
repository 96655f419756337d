using PyAirtable.Automation.Upstreams;

namespace PyAirtable.Automation.Steps;

/// <summary>
/// Writes records through the Airtable gateway (automation contract 8.1). A change of a record may be made twice, so it is tried again
/// while the gateway is unwell; a new record only where the gateway has surely not made one.
/// </summary>
/// <param name="gateway">The Airtable gateway.</param>
/// <param name="clock">The clock.</param>
internal sealed class AirtableRecords(UpstreamService gateway, TimeProvider clock)
{
    private const int MaxRetries = 3;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    // A worker is not kept waiting for longer; earlier than asked would be in vain.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Makes a record of <paramref name="fields"/>; the answer, which is a success.</summary>
    /// <exception cref="StepFailedException">The gateway has not made it, or has not said so.</exception>
    public Task<UpstreamAnswer> CreateAsync(AirtableTarget target, byte[] fields, string idempotencyKey, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, $"{target.Path}/records", fields, idempotencyKey, MayRetryCreate, cancel);

    /// <summary>Changes fields of a record; the answer, which is a success.</summary>
    /// <inheritdoc cref="CreateAsync"/>
    public Task<UpstreamAnswer> UpdateAsync(AirtableTarget target, string record, byte[] fields, string idempotencyKey, CancellationToken cancel) =>
        SendAsync(HttpMethod.Patch, $"{target.Path}/records/{AirtableTarget.Segment(record, "record_id")}", fields, idempotencyKey, MayRetryUpdate, cancel);

    private static bool MayRetryCreate(int status) => status == 429;

    private static bool MayRetryUpdate(int status) => status is 429 or 502 or 503 or 504;

    private async Task<UpstreamAnswer> SendAsync(HttpMethod method, string path, byte[] fields, string idempotencyKey, Func<int, bool> mayRetry, CancellationToken cancel)
    {
        var backOff = FirstWait;
        for (var attempt = 0; ; attempt++, backOff *= 2)
        {
            var wait = backOff;
            try
            {
                var answer = await gateway.SendAsync(method, path, fields, idempotencyKey, attempt, cancel);
                if (answer.IsSuccess)
                {
                    return answer;
                }
                wait = answer.RetryAfter > TimeSpan.Zero ? answer.RetryAfter.Value : wait;
                if (attempt == MaxRetries || !mayRetry(answer.Status) || wait > LongestWait)
                {
                    throw new StepFailedException($"Airtable request failed: {answer.Status}");
                }
            }
            catch (UpstreamFailedException e)
            {
                if (attempt == MaxRetries || !e.IsRefused)
                {
                    throw new StepFailedException($"Airtable request failed: {e.Message}");
                }
            }
            await Task.Delay(wait, clock, cancel);
        }
    }
}

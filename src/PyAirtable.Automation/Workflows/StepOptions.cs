using System.Globalization;
using System.Text.Json;
using PyAirtable.Automation.Steps;

namespace PyAirtable.Automation.Workflows;

/// <summary>What a step says about how it is run, beside what it does.</summary>
/// <param name="Retries">Further tries after a failure: <c>retries</c>, 0 to 10, default 0.</param>
/// <param name="RetryDelay">Longest wait before the first of them: <c>retry_delay</c> in seconds, default 1. It doubles with each.</param>
/// <param name="Timeout">Time of one try: <c>timeout</c> in seconds; null for no limit but that of the run.</param>
/// <param name="StopsOnFalse"><c>on_false</c> is <c>stop</c>: a condition that is not met ends the run as completed (D34).</param>
internal sealed record StepOptions(int Retries, TimeSpan RetryDelay, TimeSpan? Timeout, bool StopsOnFalse)
{
    /// <summary>Those of a step that says nothing.</summary>
    public static readonly StepOptions None = new(0, TimeSpan.FromSeconds(1), Timeout: null, StopsOnFalse: false);

    private const int MaxRetries = 10;
    private const double MaxRetryDelay = 3600;
    private const double MaxTimeout = 7 * 24 * 3600;

    // However often the wait has doubled.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Reads them.</summary>
    /// <exception cref="StepFailedException">One of them is malformed.</exception>
    public static StepOptions Read(JsonElement step)
    {
        var retries = Number(step, "retries", 0, MaxRetries, $"retries must be a whole number from 0 to {MaxRetries}");
        if (retries is { } count && count != Math.Floor(count))
        {
            throw new StepFailedException($"retries must be a whole number from 0 to {MaxRetries}");
        }
        var delay = Number(step, "retry_delay", 0, MaxRetryDelay, $"retry_delay must be a number of seconds from 0 to {MaxRetryDelay}");
        var timeout = Number(step, "timeout", 0.001, MaxTimeout, $"timeout must be a number of seconds above 0 and at most {MaxTimeout}");
        return new StepOptions((int)(retries ?? 0), TimeSpan.FromSeconds(delay ?? 1), timeout is { } limit ? TimeSpan.FromSeconds(limit) : null, ReadOnFalse(step));
    }

    /// <summary>
    /// How long to wait before a further try, the first being 0: any time up to a bound that doubles, so that what failed together does
    /// not come back together.
    /// </summary>
    /// <param name="retry">Number of the retry, from 0.</param>
    /// <param name="chance">From 0 to 1.</param>
    public TimeSpan WaitBefore(int retry, double chance)
    {
        var bound = Math.Min(RetryDelay.TotalSeconds * Math.Pow(2, retry), Math.Max(LongestWait.TotalSeconds, RetryDelay.TotalSeconds));
        return TimeSpan.FromSeconds(bound * chance);
    }

    /// <summary>What a step that took too long says.</summary>
    public string TimedOut => string.Create(CultureInfo.InvariantCulture, $"timed out after {Timeout?.TotalSeconds ?? 0} seconds");

    private static double? Number(JsonElement step, string key, double least, double most, string fault)
    {
        if (!step.TryGetProperty(key, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        return given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out var number) && number >= least && number <= most ? number : throw new StepFailedException(fault);
    }

    private static bool ReadOnFalse(JsonElement step)
    {
        if (!step.TryGetProperty("on_false", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return false;
        }
        return given.ValueKind == JsonValueKind.String && given.ValueEquals("stop"u8) ? true : throw new StepFailedException("on_false must be \"stop\"");
    }
}

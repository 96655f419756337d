using Polly.CircuitBreaker;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>A circuit's state as health answers, logs and metrics tell it.</summary>
internal static class CircuitName
{
    /// <summary><c>closed</c>, <c>half-open</c> or <c>open</c>.</summary>
    public static string Of(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half-open",
        _ => "open",
    };

    /// <summary>0, 1 or 2, in the same order.</summary>
    public static int Number(CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 1,
        _ => 2,
    };
}

using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>How one attempt to get an answer from an upstream went; known when the answer's head is there.</summary>
internal readonly record struct CallOutcome
{
    private CallOutcome(CallEnd end, int status) => (End, Status) = (end, status);

    /// <summary>No connection came about, so nothing was sent.</summary>
    public static CallOutcome ConnectFailed { get; } = new(CallEnd.ConnectFailed, 0);

    /// <summary>Nothing came within the time allowed, neither a connection nor an answer.</summary>
    public static CallOutcome TimedOut { get; } = new(CallEnd.TimedOut, 0);

    /// <summary>The connection ended before the answer began, or the answer was none.</summary>
    public static CallOutcome Broken { get; } = new(CallEnd.Broken, 0);

    /// <summary>Which of the four it is.</summary>
    public CallEnd End { get; }

    /// <summary>HTTP status of an answer; else 0.</summary>
    public int Status { get; }

    /// <summary>Whether the circuit breaker counts it as a failure (gateway contract 1.0): a 500 and a dropped connection are none.</summary>
    public bool FailsUpstream => End switch
    {
        CallEnd.Answered => IsGatewayFailure,
        CallEnd.Broken => false,
        _ => true,
    };

    /// <summary>Whether it speaks against the address: as above, and a dropped connection too.</summary>
    public bool FailsAddress => End != CallEnd.Answered || IsGatewayFailure;

    private bool IsGatewayFailure =>
        Status is StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout;

    /// <summary>An answer's head came.</summary>
    public static CallOutcome Answered(int status) => new(CallEnd.Answered, status);

    /// <summary>What an error of the framework's HTTP client means; null where the client's own request is to blame.</summary>
    public static CallOutcome? Of(Exception? error) => error switch
    {
        BadHttpRequestException or { InnerException: BadHttpRequestException } => null,
        AggregateException several when several.InnerExceptions.Any(static inner => inner is BadHttpRequestException) => null,
        OperationCanceledException or TimeoutException => TimedOut,
        HttpRequestException { InnerException: TimeoutException or OperationCanceledException } => TimedOut,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => ConnectFailed,
        _ => Broken,
    };
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Http1;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Why an upstream gave no answer.</summary>
/// <param name="Status">Status for the client.</param>
/// <param name="Reason">Text for the client (gateway contract 1.0.2 and D3); names no address.</param>
/// <param name="RetryAfter">When the client had better come again; null where nothing is known.</param>
internal sealed record UpstreamFailure(int Status, string Reason, TimeSpan? RetryAfter = null)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Whether the upstream was not called at all. Those come by the thousand, and are counted rather than logged.</summary>
    public bool IsRefusal => RetryAfter is not null;

    /// <summary>The upstream was silent for too long.</summary>
    public static UpstreamFailure TimedOut { get; } = new(StatusCodes.Status500InternalServerError, "Upstream request timed out");

    /// <summary>The upstream's name has no address.</summary>
    public static UpstreamFailure UnknownName { get; } = new(StatusCodes.Status500InternalServerError, "[Errno -2] Name or service not known");

    /// <summary>The request's body is larger than allowed.</summary>
    public static UpstreamFailure TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");

    /// <summary>The upstream sent what is no answer.</summary>
    public static UpstreamFailure InvalidAnswer { get; } = new(StatusCodes.Status502BadGateway, "Upstream answer is not valid HTTP");

    /// <summary>The upstream's answer is larger than what is held in memory.</summary>
    public static UpstreamFailure AnswerTooLarge { get; } = new(StatusCodes.Status502BadGateway, "Upstream answer is too large");

    /// <summary>Too many calls of an upstream failed: it is not called for a while (gateway contract 1.0).</summary>
    public static UpstreamFailure CircuitOpen(string upstream, TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, $"{upstream} is not available at the moment", retryAfter);

    /// <summary>An upstream has as many calls as it may, and as many wait.</summary>
    public static UpstreamFailure Busy(string upstream) => new(StatusCodes.Status503ServiceUnavailable, $"{upstream} is busy", Soon);

    /// <summary>The status on the Python routes, where all failures to get an answer are one (D3).</summary>
    public int PythonStatus => this == InvalidAnswer ? StatusCodes.Status500InternalServerError : Status;

    /// <summary>Puts the headers of the failure on the client's answer, before it is written.</summary>
    public void WriteHeaders(HttpResponse response)
    {
        if (RetryAfter is { } time)
        {
            // Rounded up: who waits that long finds what was promised.
            response.Headers.RetryAfter = ((long)Math.Max(1, Math.Ceiling(time.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The upstream's answer is no JSON where it must be.</summary>
    public static UpstreamFailure NotJson { get; } = new(StatusCodes.Status502BadGateway, "Upstream answer is not valid JSON");

    /// <summary>The failure that an exception of the call means.</summary>
    public static UpstreamFailure Of(Exception? error) => error switch
    {
        // The client's own body, read while it was sent up, may be what failed; it then stands among or within other errors.
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        BadHttpRequestException refused => new(refused.StatusCode, "There was an error parsing the body"),
        // A chunk whose size the server cannot hold.
        IOException { InnerException: OverflowException } => new(StatusCodes.Status400BadRequest, "There was an error parsing the body"),
        AggregateException several => Of(several.InnerExceptions.FirstOrDefault(inner => inner is BadHttpRequestException) ?? several.InnerException),
        { InnerException: BadHttpRequestException refused } => Of(refused),
        OperationCanceledException or TimeoutException => TimedOut,
        InvalidAnswerException => InvalidAnswer,
        TransportException { IsReset: false } => new(StatusCodes.Status500InternalServerError, "All connection attempts failed"),
        EndOfStreamException => new(StatusCodes.Status500InternalServerError, "Server disconnected without sending a response."),
        HttpRequestException { InnerException: TimeoutException or OperationCanceledException } => TimedOut,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => UnknownName,
        HttpRequestException failed => new(StatusCodes.Status500InternalServerError, Describe(failed.HttpRequestError)),
        _ => new(StatusCodes.Status500InternalServerError, "Upstream request failed"),
    };

    private static string Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.ConnectionError => "All connection attempts failed",
        HttpRequestError.SecureConnectionError => "TLS connection to the upstream failed",
        HttpRequestError.ProxyTunnelError => "Proxy connection failed",
        HttpRequestError.ResponseEnded => "Server disconnected without sending a response.",
        _ => "Upstream connection failed",
    };
}

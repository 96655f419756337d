using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>Why an upstream gave no answer.</summary>
/// <param name="Status">Status for the client.</param>
/// <param name="Reason">Text for the client (gateway contract 1.0.2 and D3); names no address.</param>
internal sealed record UpstreamFailure(int Status, string Reason)
{
    /// <summary>The upstream was silent for too long.</summary>
    public static UpstreamFailure TimedOut { get; } = new(StatusCodes.Status500InternalServerError, "Upstream request timed out");

    /// <summary>The request's body is larger than allowed.</summary>
    public static UpstreamFailure TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");

    /// <summary>The upstream's answer is larger than what is held in memory.</summary>
    public static UpstreamFailure AnswerTooLarge { get; } = new(StatusCodes.Status502BadGateway, "Upstream answer is too large");

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
        HttpRequestException { InnerException: TimeoutException or OperationCanceledException } => TimedOut,
        HttpRequestException failed => new(StatusCodes.Status500InternalServerError, Describe(failed.HttpRequestError)),
        _ => new(StatusCodes.Status500InternalServerError, "Upstream request failed"),
    };

    private static string Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "[Errno -2] Name or service not known",
        HttpRequestError.ConnectionError => "All connection attempts failed",
        HttpRequestError.SecureConnectionError => "TLS connection to the upstream failed",
        HttpRequestError.ProxyTunnelError => "Proxy connection failed",
        HttpRequestError.ResponseEnded => "Server disconnected without sending a response.",
        _ => "Upstream connection failed",
    };
}

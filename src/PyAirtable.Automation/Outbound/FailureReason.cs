using System.Net.Sockets;

namespace PyAirtable.Automation.Outbound;

/// <summary>Why a request got no answer, in words that show no address (D23).</summary>
internal static class FailureReason
{
    /// <summary>The reason in short.</summary>
    public static string Of(Exception failure) => failure switch
    {
        _ when IsRefused(failure) => "connection refused",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "host not found",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "connection closed",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "invalid answer",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "answer too large",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        _ => "connection closed",
    };

    /// <summary>True where the other side takes no connection.</summary>
    public static bool IsRefused(Exception failure)
    {
        for (var at = failure; at is not null; at = at.InnerException)
        {
            if (at is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                return true;
            }
        }
        return false;
    }
}

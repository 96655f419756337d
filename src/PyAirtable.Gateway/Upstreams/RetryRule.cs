using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway.Upstreams;

/// <summary>Whether a request may be sent again without harm.</summary>
internal static class RetryRule
{
    /// <summary>Attempts at most.</summary>
    public const int MaxAttempts = 2;

    /// <summary>Whether the failed attempt may be followed by another, as far as the request goes; budget and circuit are asked besides.</summary>
    /// <param name="outcome">How it failed.</param>
    /// <param name="idempotent">Whether the method is, see <see cref="IsIdempotent"/>.</param>
    /// <param name="replayable">Whether the body can be sent once more: there is none, or it is in memory.</param>
    /// <param name="elsewhere">Whether the upstream has another address.</param>
    public static bool Allows(CallOutcome outcome, bool idempotent, bool replayable, bool elsewhere) => outcome.End switch
    {
        // Nothing was sent, nor was the body read. The same address would refuse again.
        CallEnd.ConnectFailed => elsewhere,
        // Most often a kept connection that the upstream has just closed. What timed out is not repeated: the client has waited enough.
        CallEnd.Broken => idempotent && replayable,
        _ => false,
    };

    /// <summary>Whether doing it twice is as good as once (RFC 9110, 9.2.2).</summary>
    public static bool IsIdempotent(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
        || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}

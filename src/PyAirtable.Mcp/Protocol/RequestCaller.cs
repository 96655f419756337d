using ModelContextProtocol.Protocol;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Protocol;

/// <summary>Who sent a message by which request.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Log">What its client wants to be told.</param>
/// <param name="Aborted">Cancelled when the request's client goes away.</param>
internal sealed record RequestCaller(Caller Caller, ClientLog Log, CancellationToken Aborted)
{
    /// <summary>Where it stands among the items of a message.</summary>
    public const string Item = "caller";

    /// <summary>What the client of this process wants to be told, where it serves one alone, over standard input and output.</summary>
    public static ClientLog ProcessLog { get; } = new();

    /// <summary>That of a message; one without a key where it came by no request.</summary>
    public static RequestCaller Of(JsonRpcMessage message) =>
        message.Context?.Items?.TryGetValue(Item, out var item) == true && item is RequestCaller known
            ? known
            : new RequestCaller(new Caller(-1, Guid.NewGuid().ToString()), ProcessLog, CancellationToken.None);
}

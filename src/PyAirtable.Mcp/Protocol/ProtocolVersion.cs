using System.Text.Json.Nodes;

namespace PyAirtable.Mcp.Protocol;

/// <summary>Versions of the protocol that have sessions, which a client names with <c>initialize</c>.</summary>
internal static class ProtocolVersion
{
    /// <summary>The newest, and the first in which the answer of a request can be resumed.</summary>
    public const string Newest = "2025-11-25";

    private const string Member = "protocolVersion";
    private static readonly string[] Served = ["2024-11-05", "2025-03-26", "2025-06-18", Newest];

    /// <summary>That of an introduction; null where it names none.</summary>
    public static string? Of(JsonNode? introduction) =>
        introduction is JsonObject known && known[Member] is JsonValue value && value.TryGetValue<string>(out var version) ? version : null;

    /// <summary>Puts the newest in place of one that is not served: the client is to be answered with it, and to go if that is not enough for it
    /// (protocol, lifecycle). The protocol library would answer with an error.</summary>
    public static void Settle(JsonNode? introduction)
    {
        if (Of(introduction) is { } version && !Served.Contains(version))
        {
            introduction![Member] = Newest;
        }
    }
}

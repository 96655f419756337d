using System.Text.RegularExpressions;
using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>All that can be seen of one request from outside.</summary>
/// <param name="Sent">What the upstream received.</param>
/// <param name="Answer">What the client got.</param>
/// <param name="After">What became of the connection then.</param>
/// <param name="Log">The access line.</param>
/// <param name="Metrics">The counters that have grown.</param>
/// <param name="Served">Whether the server took it.</param>
internal sealed partial record Exchange(IReadOnlyList<WireMessage> Sent, WireMessage? Answer, string After, string Log, string Metrics, bool Served)
{
    private static readonly string[] Generated = ["X-Trace-ID", "X-Request-ID"];

    /// <summary>Whether the answer is an error of the gateway's own.</summary>
    public bool IsOwnError => Answer is { Status: >= 500 } && Answer.Body.Contains("\"timestamp\":", StringComparison.Ordinal);

    /// <summary>As text in which only what may differ is left out: generated ids, the time, what is left of the limit, the order of
    /// header lines, how lists are spread over lines, and the end of an empty body.</summary>
    /// <param name="request">The client's request, whose own ids stay.</param>
    public string Show(string request) => string.Join(
        '\n',
        [.. Sent.Select(sent => "upstream got\n" + Show(sent, request)), "client got\n" + (Answer is null ? "nothing" : Show(Answer, request)), "then " + After, "log " + Mask(Log, request), Metrics]);

    private static string Show(WireMessage message, string request)
    {
        var isAnswer = message.Start.StartsWith("HTTP/", StringComparison.Ordinal);
        var lines = message.Headers
            .Where(header => !IsFramingOfNothing(header, message.Body))
            .Where(header => !isAnswer || !header.Name.Equals("Vary", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Name.ToLowerInvariant()}: {Value(header, isAnswer, request)}")
            .Order(StringComparer.Ordinal);
        var vary = isAnswer ? message.Header("Vary")?.Split([',', '|'], StringSplitOptions.TrimEntries).Select(name => name.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal).ToList() ?? [] : [];
        return $"{message.Start}\n{string.Join('\n', lines)}\nvary {string.Join(',', vary)}\n\n{Time().Replace(message.Body, "now")}{(message.IsWhole ? "" : "<broken off>")}";
    }

    // An answer of unknown length that turns out to be empty may be told so in two ways.
    private static bool IsFramingOfNothing((string Name, string Value) header, string body) =>
        body.Length == 0 && ((header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && header.Value == "0")
            || header.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase));

    private static string Value((string Name, string Value) header, bool isAnswer, string request) => header.Name.ToUpperInvariant() switch
    {
        "DATE" when isAnswer && !header.Value.Contains("1999", StringComparison.Ordinal) => "now",
        "X-RATELIMIT-REMAINING" or "X-RATELIMIT-RESET" or "RETRY-AFTER" when isAnswer => "some",
        _ when Generated.Contains(header.Name, StringComparer.OrdinalIgnoreCase) => Mask(header.Value, request),
        _ => header.Value,
    };

    private static string Mask(string text, string request) => Ids().Replace(text, id => request.Contains(id.Value, StringComparison.Ordinal) ? id.Value : "<id>");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    [GeneratedRegex(@"20\d\d-\d\d-\d\dT[0-9:.]+Z")]
    private static partial Regex Time();
}

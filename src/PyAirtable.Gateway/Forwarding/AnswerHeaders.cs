using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>
/// The headers that the gateway has put on an answer before somebody else writes it. They win over that one's own (G3), who also
/// has no say in what pages of other origins may read, and does not tell what it runs on (G4).
/// </summary>
internal sealed class AnswerHeaders
{
    private readonly HttpResponse _response;
    private readonly KeyValuePair<string, StringValues>[] _own;

    private AnswerHeaders(HttpResponse response)
    {
        _response = response;
        _own = [.. response.Headers];
    }

    /// <summary>Sees to it that the headers set so far are on the answer when it starts.</summary>
    public static void Keep(HttpResponse response) =>
        response.OnStarting(static state => ((AnswerHeaders)state).Restore(), new AnswerHeaders(response));

    private Task Restore()
    {
        var headers = _response.Headers;
        foreach (var name in headers.Keys.Where(IsOurs).ToList())
        {
            headers.Remove(name);
        }
        foreach (var (name, value) in _own)
        {
            headers[name] = name == "Vary" ? VaryHeader.Union(value, headers.Vary) : value;
        }
        return Task.CompletedTask;
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || name.Equals("Server", StringComparison.OrdinalIgnoreCase);
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Outbound;

namespace PyAirtable.Automation.Steps;

/// <summary>
/// What an <c>http_request</c> step is told, in the step itself or in its <c>config</c>: <c>url</c>, <c>method</c>, <c>headers</c>,
/// <c>data</c> (sent as JSON) or <c>body</c> (text as it is, else JSON), <c>timeout</c> in seconds.
/// </summary>
internal static class HttpRequestFields
{
    private const int MaxHeaders = 64;
    private const int DefaultSeconds = 30;
    private const int MaxSeconds = 300;
    private const string IdempotencyKey = "Idempotency-Key";

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    // They are the connection's, or say where the request goes.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Upgrade", "Expect",
    };

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Reads them.</summary>
    /// <exception cref="StepFailedException">One is missing or wrong.</exception>
    public static OutboundRequest Read(JsonElement step, StepContext context)
    {
        var text = StepFields.Text(Holder(step, "url"), "url", context) ?? throw new StepFailedException("No URL specified for HTTP request step");
        var method = StepFields.Text(Holder(step, "method"), "method", context)?.ToUpperInvariant() ?? "GET";
        var (body, type) = ReadBody(step, context);
        return new OutboundRequest
        {
            Url = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.IdnHost.Length > 0 ? url : throw new StepFailedException("Invalid URL for HTTP request step"),
            Method = Methods.Contains(method) ? new HttpMethod(method) : throw new StepFailedException("Invalid method for HTTP request step"),
            Headers = WithKey(ReadHeaders(step, context), context),
            Body = body,
            ContentType = type,
            Timeout = ReadTimeout(step),
        };
    }

    private static JsonElement Holder(JsonElement step, string name) =>
        !step.TryGetProperty(name, out _) && step.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object ? config : step;

    private static JsonElement Find(JsonElement step, string name) =>
        Holder(step, name).TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    private static (byte[]? Body, string ContentType) ReadBody(JsonElement step, StepContext context)
    {
        const string Json = "application/json";
        var (data, body) = (Find(step, "data"), Find(step, "body"));
        return (data.ValueKind, body.ValueKind) switch
        {
            (not JsonValueKind.Undefined, _) => (FilledJson.Of(data, context), Json),
            (_, JsonValueKind.Undefined) => (null, Json),
            (_, JsonValueKind.String) => (Encoding.UTF8.GetBytes(context.Fill(body.GetString()!)), "text/plain; charset=utf-8"),
            _ => (FilledJson.Of(body, context), Json),
        };
    }

    private static List<KeyValuePair<string, string>> ReadHeaders(JsonElement step, StepContext context)
    {
        var headers = new List<KeyValuePair<string, string>>();
        var given = Find(step, "headers");
        if (given.ValueKind == JsonValueKind.Undefined)
        {
            return headers;
        }
        if (given.ValueKind != JsonValueKind.Object || given.EnumerateObject().Count() > MaxHeaders)
        {
            throw new StepFailedException("Invalid headers for HTTP request step");
        }
        foreach (var header in given.EnumerateObject())
        {
            var value = header.Value.ValueKind == JsonValueKind.String ? context.Fill(header.Value.GetString()!) : PythonText.Of(header.Value);
            var isName = header.Name.Length > 0 && !header.Name.AsSpan().ContainsAnyExcept(NameCharacters);
            if (!isName || Reserved.Contains(header.Name) || value.AsSpan().ContainsAnyInRange('\0', '\x1f') || value.Contains('\x7f'))
            {
                throw new StepFailedException("Invalid headers for HTTP request step");
            }
            headers.Add(KeyValuePair.Create(header.Name, value.Trim()));
        }
        return headers;
    }

    // The same for every try of the step, so that whoever is asked can tell a second one (automation contract 8.2); one of the step's own wins.
    private static List<KeyValuePair<string, string>> WithKey(List<KeyValuePair<string, string>> headers, StepContext context)
    {
        if (!headers.Exists(static header => header.Key.Equals(IdempotencyKey, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(KeyValuePair.Create(IdempotencyKey, context.IdempotencyKey));
        }
        return headers;
    }

    private static TimeSpan ReadTimeout(JsonElement step)
    {
        var given = Find(step, "timeout");
        return given.ValueKind == JsonValueKind.Undefined ? TimeSpan.FromSeconds(DefaultSeconds)
            : given.ValueKind == JsonValueKind.Number && given.GetDouble() is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, MaxSeconds))
            : throw new StepFailedException("Invalid timeout for HTTP request step");
    }
}

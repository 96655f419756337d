using PyAirtable.Gateway.Tests.Forwarding;

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>The table of requests and answers that both ways must treat alike.</summary>
internal static class EqualityRows
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>All of them.</summary>
    public static IEnumerable<EqualityRow> All => [.. Methods, .. Targets, .. Ids, .. Forwarded, .. Keys, .. Headers, .. Bodies, .. Answers, .. AnswerHeaders, .. AnswerBodies, .. Faults, .. HandedOver];

    private static IEnumerable<EqualityRow> Methods =>
    [
        new("GET", Get(), Ok),
        new("HEAD", Get().Replace("GET", "HEAD", StringComparison.Ordinal), "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"),
        new("DELETE", Get().Replace("GET", "DELETE", StringComparison.Ordinal), Ok),
        new("POST without a body", Get().Replace("GET", "POST", StringComparison.Ordinal), Ok),
        new("PUT", Send("PUT", "abc"), Ok),
        new("PATCH", Send("PATCH", "abc"), Ok),
        new("OPTIONS", Get().Replace("GET", "OPTIONS", StringComparison.Ordinal), Ok, IsFast: false),
        new("TRACE", Get().Replace("GET", "TRACE", StringComparison.Ordinal), Ok, IsFast: false),
        new("unknown method", Get().Replace("GET", "PURGE", StringComparison.Ordinal), Ok, IsFast: false),
        new("method in small letters", Get().Replace("GET", "get", StringComparison.Ordinal), Ok, IsFast: false),
    ];

    private static IEnumerable<EqualityRow> Targets =>
    [
        new("every route: mcp", Get("/api/mcp/tools"), Ok),
        new("every route: platform", Get("/api/platform/files"), Ok),
        new("every route: automation", Get("/api/automation/x"), Ok),
        new("another route", Get("/api/unknown/x"), Ok, IsFast: false),
        new("a longer prefix", Get("/api/llmx/x"), Ok, IsFast: false),
        new("bare prefix", Get("/api/llm"), Ok, IsFast: false),
        new("bare prefix and query", Get("/api/llm?a=1"), Ok, IsFast: false),
        new("prefix and slash", Get("/api/llm/"), Ok),
        new("query", Get("/api/llm/x?a=1&b=2&a=3"), Ok),
        new("empty query", Get("/api/llm/x?"), Ok),
        new("query of separators", Get("/api/llm/x?&&=&a&=b"), Ok),
        new("query with encoded values", Get("/api/llm/x?a=%2F%20%00&b=+"), Ok),
        new("query with question marks and slashes", Get("/api/llm/x?a=?/../%"), Ok),
        new("double slashes", Get("/api/llm//x//"), Ok),
        new("odd characters", Get("/api/llm/x!$&'()*+,=:@\"<>[]^`{|}~_-."), Ok),
        new("dot within a segment", Get("/api/llm/a.b/c..d"), Ok),
        new("segment with a dot before", Get("/api/llm/.well-known"), Ok, IsFast: false),
        new("dot segments", Get("/api/llm/../x"), Ok, IsFast: false),
        new("dot segments of the query's end", Get("/api/llm/x/.."), Ok, IsFast: false),
        new("encoded dot segments", Get("/api/llm/%2e%2e/x"), Ok, IsFast: false),
        new("encoded path", Get("/api/llm/a%20b"), Ok, IsFast: false),
        new("path parameters", Get("/api/llm/a;b=c"), Ok, IsFast: false),
        new("backslash", Get("/api/llm/a\\b"), Ok, IsFast: false),
        new("fragment", Get("/api/llm/a#b"), Ok, IsFast: false),
        new("fragment in the query", Get("/api/llm/a?b#c"), Ok, IsFast: false),
        new("path beyond ASCII", Get("/api/llm/\u00e9"), Ok, IsFast: false),
        new("whole URL", Get("http://gateway/api/llm/x"), Ok, IsFast: false),
        new("key in the query", Get("/api/llm/x?api_key=gateway-key", key: null), Ok, IsFast: false),
        new("key in the header and the query", Get("/api/llm/x?a=1&api_key=other"), Ok, IsFast: false),
        new("key in the query under an encoded name", Get("/api/llm/x?api%5Fkey=gateway-key", key: null), Ok, IsFast: false),
        new("encoded name in the query", Get("/api/llm/x?a%20b=1"), Ok, IsFast: false),
        new("long target", Get("/api/llm/" + new string('a', 12_000)), Ok),
        new("too long a target", Get("/api/llm/" + new string('a', 16_400)), Ok, IsFast: false),
    ];

    private static IEnumerable<EqualityRow> Ids =>
    [
        new("own trace id", Get(headers: "X-Trace-ID: my-trace\r\n"), Ok),
        new("own request id", Get(headers: "x-request-id: my-request\r\n"), Ok),
        new("both ids", Get(headers: "X-Trace-ID: a\r\nX-Request-ID: b\r\n"), Ok),
        new("ids with blanks around", Get(headers: "X-Trace-ID:   a b   \r\nX-Request-ID:b\r\n"), Ok),
        new("ids beyond ASCII", Get(headers: "X-Trace-ID: \u00e9\u00ff\r\nX-Request-ID: \u0080\r\n"), Ok),
        new("id with quotes", Get(headers: "X-Trace-ID: \"a\\b\"<>\r\n"), Ok),
        new("long id", Get(headers: $"X-Trace-ID: {new string('t', 5000)}\r\n"), Ok),
        new("two trace ids", Get(headers: "X-Trace-ID: a\r\nX-Trace-ID: b\r\n"), Ok, IsFast: false),
        new("two request ids", Get(headers: "X-Request-ID: a\r\nX-Request-ID: b\r\n"), Ok, IsFast: false),
        new("empty trace id", Get(headers: "X-Trace-ID:\r\n"), Ok, IsFast: false),
        new("empty request id", Get(headers: "X-Request-ID: \r\n"), Ok, IsFast: false),
        new("trace context", Get(headers: $"traceparent: {Parent}\r\n"), Ok),
        new("trace context in capitals", Get(headers: $"Traceparent: {Parent}\r\n"), Ok),
        new("trace context twice", Get(headers: $"traceparent: {Parent}\r\ntraceparent: {Parent}\r\n"), Ok, IsFast: false),
        new("wrong trace context", Get(headers: "traceparent: 00-0-0-01\r\n"), Ok, IsFast: false),
        new("trace context of zeros", Get(headers: "traceparent: 00-00000000000000000000000000000000-b7ad6b7169203331-01\r\n"), Ok, IsFast: false),
        new("trace context with state", Get(headers: $"traceparent: {Parent}\r\ntracestate: a=b\r\n"), Ok, IsFast: false),
        new("state without a trace context", Get(headers: "tracestate: a=b\r\n"), Ok, IsFast: false),
    ];

    private static IEnumerable<EqualityRow> Forwarded
    {
        get
        {
            foreach (var (trust, suffix, isFast) in new[]
            {
                ("TRUST_FORWARDED_FOR=false", "", true), ("", ", believed", false),
                ("FORWARDED_ALLOW_IPS=10.0.0.0/8,::1", ", of a stranger", true), ("FORWARDED_ALLOW_IPS=127.0.0.0/8", ", of a trusted peer", false),
            })
            {
                yield return new("forwarded for" + suffix, Get(headers: "X-Forwarded-For: 1.2.3.4\r\n"), Ok, trust);
                yield return new("forwarded for a chain" + suffix, Get(headers: "X-Forwarded-For: 1.2.3.4, 5.6.7.8\r\n"), Ok, trust);
                yield return new("forwarded for nonsense" + suffix, Get(headers: "X-Forwarded-For: \"unknown\";\u00e9\r\n"), Ok, trust);
                yield return new("forwarded for at length" + suffix, Get(headers: $"X-Forwarded-For: {new string('1', 300)}\r\n"), Ok, trust);
                yield return new("forwarded for twice" + suffix, Get(headers: "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n"), Ok, trust, IsFast: isFast);
                yield return new("forwarded for nobody" + suffix, Get(headers: "X-Forwarded-For:\r\n"), Ok, trust, IsFast: isFast);
                yield return new("forwarded protocol and host" + suffix, Get(headers: "X-Forwarded-Proto: https\r\nX-Forwarded-Host: example.org\r\n"), Ok, trust);
                yield return new("forwarded protocol twice" + suffix, Get(headers: "X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n"), Ok, trust, IsFast: isFast);
                yield return new("forwarded host twice" + suffix, Get(headers: "X-Forwarded-Host: a\r\nX-Forwarded-Host: b\r\n"), Ok, trust, IsFast: isFast);
                yield return new("forwarded protocol empty" + suffix, Get(headers: "X-Forwarded-Proto:\r\n"), Ok, trust, IsFast: isFast);
                yield return new("forwarded host empty" + suffix, Get(headers: "X-Forwarded-Host:\r\n"), Ok, trust, IsFast: isFast);
                yield return new("forwarded port and user" + suffix, Get(headers: "X-Forwarded-Port: 1\r\nx-forwarded-user: root\r\nX-Real-IP: 1.2.3.4\r\n"), Ok, trust);
                yield return new("forwarded for, named by Connection" + suffix, Get(headers: "X-Forwarded-For: 1.2.3.4\r\nConnection: X-Forwarded-For, X-Forwarded-User\r\nX-Forwarded-User: root\r\n"), Ok, trust, IsFast: false);
                yield return new("Forwarded" + suffix, Get(headers: "Forwarded: for=1.2.3.4;proto=https\r\n"), Ok, trust);
            }
        }
    }

    private static IEnumerable<EqualityRow> Keys =>
    [
        new("wrong key", Get(key: "wrong"), Ok, IsFast: false),
        new("no key", Get(key: null), Ok, IsFast: false),
        new("empty key", Get(key: ""), Ok, IsFast: false),
        new("two keys", Get(headers: "X-API-Key: gateway-key\r\n"), Ok, IsFast: false),
        new("key with blanks around", Get(key: "  gateway-key  "), Ok),
        new("header of the key in small letters", Get(key: null, headers: "x-api-key: gateway-key\r\n"), Ok),
        new("second key", Get(key: "second"), Ok, "API_KEYS=second"),
        new("first key of two", Get(), Ok, "API_KEYS=second"),
        new("wrong key of two", Get(key: "third"), Ok, "API_KEYS=second", IsFast: false),
        new("no key where none is asked for", Get(key: null), Ok, "REQUIRE_API_KEY=false"),
        new("some key where none is asked for", Get(key: "any"), Ok, "REQUIRE_API_KEY=false"),
        new("empty key where none is asked for", Get(key: ""), Ok, "REQUIRE_API_KEY=false", IsFast: false),
        new("authorization", Get(headers: "Authorization: Bearer abc.def.ghi\r\n"), Ok),
        new("authorization alone", Get(key: null, headers: "Authorization: Bearer abc.def.ghi\r\n"), Ok, IsFast: false),
        new("counted by key", Get(), Ok, "RATE_LIMIT_BY=key", IsFast: false),
    ];

    private static IEnumerable<EqualityRow> Headers =>
    [
        new("cookies", Get(headers: "Cookie: a=b; c=d\r\nCookie: e=f\r\n"), Ok),
        new("the same header thrice", Get(headers: "X-A: 1\r\nX-a: 2\r\nx-A: 1\r\n"), Ok),
        new("accept in two lines", Get(headers: "Accept: text/html\r\nAccept: */*\r\n"), Ok),
        new("content type twice", Get(headers: "Content-Type: text/html\r\nContent-Type: text/plain\r\n"), Ok),
        new("usual browser", Get(headers: "User-Agent: Mozilla/5.0 (X11)\r\nAccept: */*\r\nAccept-Language: de,en;q=0.5\r\nReferer: http://a/b\r\nIf-None-Match: \"x\"\r\nRange: bytes=0-5\r\nDNT: 1\r\n"), Ok),
        new("empty value", Get(headers: "X-Empty:\r\nX-Blank:    \r\n"), Ok),
        new("values beyond ASCII", Get(headers: "X-A: \u00e9\u00ff\u0080\r\n"), Ok),
        new("value of colons and quotes", Get(headers: "X-A: :\"a\",b=c;:\r\n"), Ok),
        new("no blank after the colon", Get(headers: "X-A:b\r\n"), Ok),
        new("odd names", Get(headers: "!#$%&'*+-.^_`|~09: a\r\n"), Ok),
        new("name with an underscore", Get(headers: "X_API_Key: a\r\nContent_Length: 5\r\n"), Ok),
        new("accept-encoding without compression", Get(headers: "Accept-Encoding: gzip, br\r\n"), Ok, "COMPRESSION=false"),
        new("accept-encoding with compression", Get(headers: "Accept-Encoding: gzip, br\r\n"), Ok, IsFast: false),
        new("accept-encoding identity", Get(headers: "Accept-Encoding: identity\r\n"), Ok),
        new("accept-encoding empty", Get(headers: "Accept-Encoding:\r\n"), Ok),
        new("any origin", Get(), Ok, "CORS_ORIGINS=*"),
        new("origin", Get(headers: "Origin: http://localhost:3000\r\n"), Ok, IsFast: false),
        new("wrong origin", Get(headers: "Origin: http://evil\r\n"), Ok, IsFast: false),
        new("keep-alive", Get(headers: "Connection: keep-alive\r\n"), Ok),
        new("Keep-Alive in capitals", Get(headers: "Connection: Keep-Alive\r\n"), Ok),
        new("close", Get(headers: "Connection: close\r\n"), Ok),
        new("close, then keep-alive", Get(headers: "Connection: close\r\nConnection: keep-alive\r\n"), Ok, IsFast: false),
        new("keep-alive, then close", Get(headers: "Connection: keep-alive\r\nConnection: close\r\n"), Ok, IsFast: false),
        new("connection that names a header", Get(headers: "Connection: X-A\r\nX-A: 1\r\n"), Ok, IsFast: false),
        new("empty connection", Get(headers: "Connection:\r\n"), Ok, IsFast: false),
        new("Keep-Alive header", Get(headers: "Keep-Alive: timeout=5\r\n"), Ok, IsFast: false),
        new("upgrade", Get(headers: "Connection: Upgrade\r\nUpgrade: foo\r\n"), Ok, IsFast: false),
        new("TE", Get(headers: "TE: trailers\r\n"), Ok, IsFast: false),
        new("proxy authorization", Get(headers: "Proxy-Authorization: Basic YQ==\r\n"), Ok, IsFast: false),
        new("X-Content-Length", Get(headers: "X-Content-Length: 5\r\n"), Ok, IsFast: false),
        new("port in the host", Get(host: "gateway:8000"), Ok),
        new("address as the host", Get(host: "127.0.0.1:80"), Ok),
        new("IPv6 host", Get(host: "[::1]:80"), Ok, IsFast: false),
        new("empty host", Get(host: ""), Ok, IsFast: false),
        new("host with an underscore", Get(host: "a_b"), Ok, IsFast: false),
        new("host with a colon only", Get(host: "a:"), Ok, IsFast: false),
        new("two hosts", Get(headers: "Host: b\r\n"), Ok, IsFast: false),
        new("100 headers", Get(headers: Many(98)), Ok),
        new("101 headers", Get(headers: Many(99)), Ok, IsFast: false),
        new("15 KB of headers", Get(headers: $"X-A: {new string('a', 15_000)}\r\n"), Ok),
        new("17 KB of headers", Get(headers: $"X-A: {new string('a', 17_000)}\r\n"), Ok, IsFast: false),
        new("40 KB of headers", Get(headers: $"X-A: {new string('a', 40_000)}\r\n"), Ok, IsFast: false),
        new("many pieces", Get(headers: string.Concat(Enumerable.Range(0, 49).Select(i => $"X-{i}: a\r\nX-Forwarded-Proto: http\r\n"))), Ok, "TRUST_FORWARDED_FOR=false"),
    ];

    private static IEnumerable<EqualityRow> Bodies =>
    [
        new("one byte", Send("POST", "a"), Ok),
        new("JSON", Send("POST", "{\"a\":[1,2,3]}", "Content-Type: application/json\r\n"), Ok),
        new("all bytes", Send("POST", string.Concat(Enumerable.Range(0, 256).Select(i => (char)i))), Ok),
        new("body that looks like a request", Send("POST", Get()), Ok),
        new("body of GET", Send("GET", "abc"), Ok),
        new("body of DELETE", Send("DELETE", "abc"), Ok),
        new("body of HEAD", Send("HEAD", "abc"), "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"),
        new("4 KB", Send("POST", new string('a', 4096)), Ok),
        new("length 0", Get(headers: "Content-Length: 0\r\n"), Ok, IsFast: false),
        new("length with zeros", Get(headers: "Content-Length: 003\r\n") + "abc", Ok, IsFast: false),
        new("100 KB", Send("POST", new string('a', 100_000)), Ok, IsFast: false),
        new("as long as is allowed", Send("POST", new string('a', 1000)), Ok, "MAX_FILE_SIZE=1000"),
        new("longer than is allowed", Send("POST", new string('a', 1001)), Ok, "MAX_FILE_SIZE=1000", IsFast: false),
        new("chunks", Get(headers: "Transfer-Encoding: chunked\r\n").Replace("GET", "POST", StringComparison.Ordinal) + "3\r\nabc\r\n0\r\n\r\n", Ok, IsFast: false),
        new("wrong length", Get(headers: "Content-Length: 1x\r\n"), Ok, IsFast: false),
        new("two lengths", Get(headers: "Content-Length: 3\r\nContent-Length: 3\r\n") + "abc", Ok, IsFast: false),
    ];

    private static IEnumerable<EqualityRow> Answers =>
    [
        .. new[] { "200 OK", "201 Created", "202 Accepted", "203 Non-Authoritative Information", "206 Partial Content", "299 Odd", "301 Moved Permanently", "302 Found", "307 Temporary Redirect", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "409 Conflict", "418 I'm a teapot", "422 Unprocessable Entity", "429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout", "599 Odd", "999 Odd" }
            .Select(status => new EqualityRow("answer " + status, Get(), $"HTTP/1.1 {status}\r\nContent-Length: 3\r\nLocation: /api/x\r\n\r\nabc")),
        new("204", Get(), "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n"),
        new("204 with a length", Get(), "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"),
        new("304", Get(), "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n"),
        new("304 with a length", Get(), "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nContent-Length: 5\r\n\r\n"),
        new("205", Get(), "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n"),
        new("HEAD 304", Get().Replace("GET", "HEAD", StringComparison.Ordinal), "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n"),
        new("HEAD 204", Get().Replace("GET", "HEAD", StringComparison.Ordinal), "HTTP/1.1 204 No Content\r\n\r\n"),
        new("HEAD 404", Get().Replace("GET", "HEAD", StringComparison.Ordinal), "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n"),
        new("HEAD of unknown length", Get().Replace("GET", "HEAD", StringComparison.Ordinal), "HTTP/1.1 200 OK\r\nX-A: b\r\n\r\n"),
        new("HEAD of chunks", Get().Replace("GET", "HEAD", StringComparison.Ordinal), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        new("own reason", Get(), Reply(status: "200 Fine")),
        new("own reason of an error", Get(), Reply(status: "404 Nobody Here")),
        new("reason beyond ASCII", Get(), Reply(status: "200 \u00d6K")),
        new("no reason", Get(), Reply(status: "200 ")),
        new("no reason and no blank", Get(), Reply(status: "200")),
        new("no reason of an odd status", Get(), Reply(status: "299 ")),
        new("100 first", Get(), "HTTP/1.1 100 Continue\r\n\r\n" + Ok),
        new("103 first", Get(), "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Ok),
        new("HTTP/1.0", Get(), "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
        new("two answers", Get(), Ok + Ok),
    ];

    private static IEnumerable<EqualityRow> AnswerHeaders =>
    [
        new("three cookies", Get(), Reply("Set-Cookie: a=b; Path=/\r\nSet-Cookie: c=d\r\nset-cookie: a=b; Path=/\r\n")),
        new("vary", Get(), Reply("Vary: Accept-Encoding\r\n")),
        new("vary as the gateway", Get(), Reply("Vary: Origin\r\n")),
        new("vary twice", Get(), Reply("Vary: Accept, X-A\r\nvary: accept\r\n")),
        new("vary by all", Get(), Reply("Vary: *\r\n")),
        new("server", Get(), Reply("Server: uvicorn\r\n")),
        new("date", Get(), Reply("Date: Mon, 01 Feb 1999 00:00:00 GMT\r\n")),
        new("date in small letters", Get(), Reply("date: Mon, 01 Feb 1999 00:00:00 GMT\r\n")),
        new("headers of the connection", Get(), Reply("Keep-Alive: timeout=5\r\nProxy-Authenticate: Basic\r\nUpgrade: foo\r\nTrailer: X-A\r\nProxy-Connection: keep-alive\r\nTE: a\r\n")),
        new("headers named by Connection", Get(), Reply("Connection: X-A, x-b\r\nX-A: 1\r\nX-B: 2\r\nX-C: 3\r\n")),
        new("connection close", Get(), Reply("Connection: close\r\n"), Closes: true),
        new("connection keep-alive", Get(), Reply("Connection: keep-alive\r\n")),
        new("ids of the upstream", Get(headers: "X-Trace-ID: a\r\n"), Reply("X-Trace-ID: up\r\nX-Request-ID: up\r\n")),
        new("limits of the upstream", Get(), Reply("X-RateLimit-Limit: 1\r\nx-ratelimit-remaining: 1\r\nX-RateLimit-Reset: 1\r\nX-RateLimit-Odd: 1\r\n")),
        new("CORS of the upstream", Get(), Reply("Access-Control-Allow-Origin: *\r\nAccess-Control-Odd: 1\r\naccess-control-max-age: 5\r\n")),
        new("security headers of the upstream", Get(), Reply("X-Frame-Options: DENY\r\nX-Content-Type-Options: x\r\nContent-Security-Policy: default-src 'self'\r\nStrict-Transport-Security: max-age=1\r\n")),
        new("location", Get(), Reply("Location: http://elsewhere/a?b=c#d\r\n", "302 Found")),
        new("values beyond ASCII", Get(), Reply("X-A: \u00e9\u00ff\u0080\r\nContent-Disposition: attachment; filename=\"\u00e4\"\r\n")),
        new("empty values", Get(), Reply("X-A:\r\nX-B: \r\nCache-Control:\r\n")),
        new("blanks around values", Get(), Reply("X-A:  \t a b \t \r\n")),
        new("the same header thrice", Get(), Reply("X-A: 1\r\nx-a: 2\r\nX-A: 1\r\n")),
        new("known headers twice", Get(), Reply("Cache-Control: no-cache\r\nCache-Control: no-store\r\nWWW-Authenticate: Basic\r\nWWW-Authenticate: Bearer\r\n")),
        new("content type twice", Get(), "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 3\r\n\r\nabc"),
        new("encoded content", Get(headers: "Accept-Encoding: gzip\r\n"), Reply("Content-Encoding: gzip\r\n"), "COMPRESSION=false"),
        new("all known", Get(), Reply("Accept-Ranges: bytes\r\nAge: 1\r\nAllow: GET\r\nAlt-Svc: h2=\":1\"\r\nContent-Language: de\r\nContent-Location: /\r\nContent-MD5: a\r\nContent-Range: bytes 0-1/2\r\nETag: \"a\"\r\nExpires: 0\r\nLast-Modified: x\r\nLink: </a>\r\nPragma: no-cache\r\nRetry-After: 1\r\nVia: a\r\nWarning: a\r\nX-Process-Time: 0.1\r\n")),
        new("many headers", Get(), Reply(Many(200))),
        new("large headers", Get(), Reply($"X-A: {new string('a', 30_000)}\r\n")),
    ];

    private static IEnumerable<EqualityRow> AnswerBodies =>
    [
        new("length 0", Get(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        new("1 MB", Get(), $"HTTP/1.1 200 OK\r\nContent-Length: {1 << 20}\r\n\r\n{new string('a', 1 << 20)}"),
        new("all bytes back", Get(), $"HTTP/1.1 200 OK\r\nContent-Length: 256\r\n\r\n{string.Concat(Enumerable.Range(0, 256).Select(i => (char)i))}"),
        new("chunks back", Get(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n"),
        new("chunks with trailers", Get(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n"),
        new("no chunks at all", Get(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        new("1 MB of chunks", Get(), $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{string.Concat(Enumerable.Repeat($"2000\r\n{new string('a', 8192)}\r\n", 128))}0\r\n\r\n"),
        new("until the end", Get(), "HTTP/1.1 200 OK\r\n\r\nabc", Closes: true),
        new("1 MB until the end", Get(), "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + new string('a', 1 << 20), Closes: true),
        new("nothing until the end", Get(), "HTTP/1.1 200 OK\r\n\r\n", Closes: true),
        new("chunks to one that closes", Get(headers: "Connection: close\r\n"), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        new("event stream", Get(), "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: a\n\n", Closes: true),
        new("error of chunks", Get(), "HTTP/1.1 500 Internal Server Error\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
    ];

    // A POST, so that nothing is sent again.
    private static IEnumerable<EqualityRow> Faults => ((IEnumerable<UpstreamFault>)[.. UpstreamFaults.Endings, .. UpstreamFaults.StatusLines, .. UpstreamFaults.HeaderLines, .. UpstreamFaults.Lengths, .. UpstreamFaults.Chunks, .. UpstreamFaults.Interim])
        .Where(fault => fault.Ending == Ending.Close && fault.Answer.Length < 200_000)
        .Select(fault => new EqualityRow("fault: " + fault.Name, Send("POST", "abc"), fault.Answer.Length == 0 ? null : fault.Answer, Closes: true));

    private static IEnumerable<EqualityRow> HandedOver =>
    [
        new("bare line feeds", Get().Replace("\r\n", "\n", StringComparison.Ordinal) + "\r\n\r\n", Ok, IsFast: false),
        new("one bare line feed", Get().Replace("gateway-key\r\n", "gateway-key\n", StringComparison.Ordinal) + "\r\n\r\n", Ok, IsFast: false),
        new("HTTP/1.0", Get().Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), Ok, IsFast: false),
        new("HTTP/1.2", Get().Replace("HTTP/1.1", "HTTP/1.2", StringComparison.Ordinal), Ok, IsFast: false),
        new("two blanks", Get().Replace("GET ", "GET  ", StringComparison.Ordinal), Ok, IsFast: false),
        new("folded header", Get(headers: "X-A: a\r\n b\r\n"), Ok, IsFast: false),
        new("blank before a colon", Get(headers: "X-A : a\r\n"), Ok, IsFast: false),
        new("no name", Get(headers: ": a\r\n"), Ok, IsFast: false),
        new("no colon", Get(headers: "X-A\r\n"), Ok, IsFast: false),
        new("zero byte", Get(headers: "X-A: a\0b\r\n"), Ok, IsFast: false),
        new("carriage return", Get(headers: "X-A: a\rb\r\n"), Ok, IsFast: false),
        new("tab around a value", Get(headers: "X-A:\ta\t\r\n"), Ok, IsFast: false),
        new("no host", "GET /api/llm/x HTTP/1.1\r\nX-API-Key: gateway-key\r\n\r\n", Ok, IsFast: false),
        new("empty line first", "\r\n" + Get(), Ok, IsFast: false),
    ];

    private static string Get(string target = "/api/llm/x", string headers = "", string? key = GatewayHost.Key, string host = "gateway") =>
        $"GET {target} HTTP/1.1\r\nHost: {host}\r\n{(key is null ? "" : $"X-API-Key: {key}\r\n")}{headers}\r\n";

    private static string Send(string method, string body, string headers = "") =>
        $"{method} /api/llm/x HTTP/1.1\r\nHost: gateway\r\nX-API-Key: {GatewayHost.Key}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    private static string Reply(string headers = "", string status = "200 OK") => $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\n{headers}Content-Length: 3\r\n\r\nabc";

    private static string Many(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: a\r\n"));
}

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>The table of handshakes that both ways must treat alike.</summary>
internal static class SocketRows
{
    private const string KeyLine = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private const string VersionLine = "Sec-WebSocket-Version: 13\r\n";

    /// <summary>All of them.</summary>
    public static IEnumerable<SocketRow> All => [.. Targets, .. Lines, .. Browsers, .. Faults];

    private static IEnumerable<SocketRow> Targets =>
    [
        new("session", Ask()),
        new("encoded session", Ask("/ws?session_id=a%20b%2Fc")),
        new("session with a plus", Ask("/ws?session_id=a+b")),
        new("session with odd characters", Ask("/ws?session_id=!$'()*,;:@\"<>[]^`{|}~?/")),
        new("several sessions", Ask("/ws?session_id=a&x=y&session_id=b")),
        new("encoded name", Ask("/ws?session%5Fid=a")),
        new("empty session", Ask("/ws?session_id="), IsFast: false),
        new("last session empty", Ask("/ws?session_id=a&session_id="), IsFast: false),
        new("no session", Ask("/ws?a=b"), IsFast: false),
        new("empty query", Ask("/ws?"), IsFast: false),
        new("no query", Ask("/ws"), IsFast: false),
        new("slash", Ask("/ws/?session_id=a"), IsFast: false),
        new("fragment", Ask("/ws?session_id=a#b"), IsFast: false),
        new("encoded path", Ask("/%77s?session_id=a"), IsFast: false),
        new("capitals", Ask("/WS?session_id=a"), IsFast: false),
        new("whole URL", Ask("http://gateway/ws?session_id=a"), IsFast: false),
        new("session beyond ASCII", Ask("/ws?session_id=\u00e9"), IsFast: false),
        new("another path", Ask("/wss?session_id=a"), IsFast: false),
    ];

    private static IEnumerable<SocketRow> Lines =>
    [
        new("connection of two", Ask().Replace("Connection: Upgrade", "Connection: keep-alive, Upgrade", StringComparison.Ordinal)),
        new("small letters", Ask().ToLowerInvariant().Replace("get ", "GET ", StringComparison.Ordinal).Replace("http/1.1", "HTTP/1.1", StringComparison.Ordinal).Replace("dghlihnhbxbszsbub25jzq==", "dGhlIHNhbXBsZSBub25jZQ==", StringComparison.Ordinal)),
        new("capitals in values", Ask().Replace("websocket\r", "WebSocket\r", StringComparison.Ordinal).Replace("Upgrade\r", "UPGRADE\r", StringComparison.Ordinal)),
        new("blanks around values", Ask().Replace(": ", ":  ", StringComparison.Ordinal)),
        new("connection of two, turned round", Ask().Replace("Connection: Upgrade", "Connection: Upgrade, keep-alive", StringComparison.Ordinal), IsFast: false),
        new("connection in two lines", Ask(headers: "Connection: keep-alive\r\n"), IsFast: false),
        new("own trace id", Ask(headers: "X-Trace-ID: mine\r\n")),
        new("trace id beyond ASCII", Ask(headers: "X-Trace-ID: \u00e9\r\n")),
        new("two trace ids", Ask(headers: "X-Trace-ID: a\r\nX-Trace-ID: b\r\n"), IsFast: false),
        new("empty trace id", Ask(headers: "X-Trace-ID:\r\n"), IsFast: false),
        new("wrong API key", Ask(headers: "X-API-Key: wrong\r\n")),
        new("authorization", Ask(headers: "Authorization: Bearer a.b.c\r\n")),
        new("trace context", Ask(headers: "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=b\r\n")),
        new("forwarded", Ask(headers: "X-Forwarded-For: 1.2.3.4, 5.6.7.8\r\nX-Forwarded-Proto: https\r\n")),
        new("port in the host", Ask().Replace("Host: gateway", "Host: gateway:80", StringComparison.Ordinal)),
        new("length 0", Ask(headers: "Content-Length: 0\r\n"), IsFast: false),
        new("expect", Ask(headers: "Expect: 100-continue\r\n"), IsFast: false),
    ];

    private static IEnumerable<SocketRow> Browsers =>
    [
        new("Firefox", Ask(headers: "Origin: http://evil\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\nAccept-Language: de,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\nSec-WebSocket-Extensions: permessage-deflate\r\nSec-Fetch-Mode: websocket\r\nPragma: no-cache\r\nCache-Control: no-cache\r\nCookie: a=b\r\n")),
        new("protocols", Ask(headers: "Sec-WebSocket-Protocol: a, b\r\nSec-WebSocket-Protocol: c\r\n")),
        new("several extensions", Ask(headers: "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-odd\r\n")),
    ];

    private static IEnumerable<SocketRow> Faults =>
    [
        new("version 8", Ask().Replace(VersionLine, "Sec-WebSocket-Version: 8\r\n", StringComparison.Ordinal), IsFast: false),
        new("no version", Ask().Replace(VersionLine, "", StringComparison.Ordinal), IsFast: false),
        new("two versions", Ask(headers: VersionLine), IsFast: false),
        new("no key", Ask().Replace(KeyLine, "", StringComparison.Ordinal), IsFast: false),
        new("two keys", Ask(headers: KeyLine), IsFast: false),
        new("short key", Ask().Replace("dGhl", "", StringComparison.Ordinal), IsFast: false),
        new("key of other characters", Ask().Replace("dGhl", "dG-l", StringComparison.Ordinal), IsFast: false),
        new("key without padding", Ask().Replace("jZQ==", "jZQAA", StringComparison.Ordinal), IsFast: false),
        new("no connection", Ask().Replace("Connection: Upgrade\r\n", "", StringComparison.Ordinal), IsFast: false),
        new("connection close", Ask().Replace("Connection: Upgrade", "Connection: Upgrade, close", StringComparison.Ordinal), IsFast: false),
        new("no upgrade", Ask().Replace("Upgrade: websocket\r\n", "", StringComparison.Ordinal), IsFast: false),
        new("another upgrade", Ask().Replace("Upgrade: websocket", "Upgrade: h2c", StringComparison.Ordinal), IsFast: false),
        new("upgrade of two", Ask().Replace("Upgrade: websocket", "Upgrade: h2c, websocket", StringComparison.Ordinal), IsFast: false),
        new("two upgrades", Ask(headers: "Upgrade: websocket\r\n"), IsFast: false),
        new("body", Ask(headers: "Content-Length: 3\r\n") + "abc", IsFast: false),
        new("chunks", Ask(headers: "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", IsFast: false),
        new("POST", Ask().Replace("GET", "POST", StringComparison.Ordinal), IsFast: false),
        new("HTTP/1.0", Ask().Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), IsFast: false),
        new("no host", Ask().Replace("Host: gateway\r\n", "", StringComparison.Ordinal), IsFast: false),
        new("two hosts", Ask(headers: "Host: b\r\n"), IsFast: false),
        new("folded header", Ask(headers: "X-A: a\r\n b\r\n"), IsFast: false),
        new("zero byte", Ask(headers: "X-A: a\0b\r\n"), IsFast: false),
    ];

    private static string Ask(string target = "/ws?session_id=a", string headers = "") =>
        $"GET {target} HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{VersionLine}{KeyLine}{headers}\r\n";
}

namespace PyAirtable.Gateway.Tests.RequestSafety;

/// <summary>The table of requests that servers might read differently. A sound request follows each on its connection.</summary>
internal static class SmugglingVectors
{
    /// <summary>The key in all of them.</summary>
    public const string Key = GatewayHost.Key;

    // What must never be a request of its own.
    private const string Inner = "GET /api/llm/smuggled HTTP/1.1\r\nHost: x\r\nX-API-Key: " + Key + "\r\n\r\n";

    /// <summary>All of them.</summary>
    public static IEnumerable<SmugglingVector> All => [.. Lengths, .. TransferCodings, .. ChunkSizes, .. HeaderLines, .. Hosts, .. RequestLines, .. Targets, .. HeadersOfTheConnection];

    private static IEnumerable<SmugglingVector> Lengths =>
    [
        new("two different lengths", Post("Content-Length: 3\r\nContent-Length: 5\r\n", "abc"), "refused 400", "refused 400"),
        new("two different lengths, names in two cases", Post("content-length: 3\r\nCONTENT-LENGTH: 5\r\n", "abc"), "refused 400", "refused 400"),
        new("the same length twice", Post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), "refused 400", "POST /x abc"),
        new("a length and an empty one", Post("Content-Length: 3\r\nContent-Length:\r\n", "abc"), "refused 400", "refused 400"),
        new("the same length twice in one line", Post("Content-Length: 3, 3\r\n", "abc"), "refused 400", "POST /x abc"),
        new("two different lengths in one line", Post("Content-Length: 3, 5\r\n", "abc"), "refused 400", "refused 400"),
        new("length with a plus", Post("Content-Length: +3\r\n", "abc"), "refused 400", "refused 400"),
        new("negative length", Post("Content-Length: -3\r\n", "abc"), "refused 400", "refused 400"),
        new("hexadecimal length", Post("Content-Length: 0x3\r\n", "abc"), "refused 400", "refused 400"),
        new("length of two numbers", Post("Content-Length: 3 3\r\n", "abc"), "refused 400", "refused 400"),
        new("length with a fraction", Post("Content-Length: 3.0\r\n", "abc"), "refused 400", "refused 400"),
        new("length with an exponent", Post("Content-Length: 3e0\r\n", "abc"), "refused 400", "refused 400"),
        new("length with text behind", Post("Content-Length: 3;a\r\n", "abc"), "refused 400", "refused 400"),
        new("length with a vertical tab", Post("Content-Length: \u000b3\r\n", "abc"), "refused 400", "refused 400"),
        new("length with a zero byte", Post("Content-Length: 3\0\r\n", "abc"), "refused 400", "refused 400"),
        new("empty length", Post("Content-Length:\r\n", "abc"), "refused 400", "refused 400"),
        new("length of 100 digits", Post("Content-Length: " + new string('9', 100) + "\r\n", "abc"), "refused 400", "refused 400"),
        new("length beyond 64 bits", Post("Content-Length: 18446744073709551619\r\n", "abc"), "refused 400", "POST /x abc (broken off), then went on"),
        new("blank before the colon of a length", Post("Content-Length : 3\r\n", "abc"), "refused 400", "refused 400"),
        new("tab before the colon of a length", Post("Content-Length\t: 3\r\n", "abc"), "refused 400", "refused 400"),
        new("underscore for the hyphen of a length", Post("Content_Length: 5\r\nContent-Length: 3\r\n", "abc"), "POST /x abc", "POST /x abc"),
        new("blanks around a length", Post("Content-Length: \t 3 \t\r\n", "abc"), "POST /x abc", "POST /x abc"),
        new("length with zeros", Post("Content-Length: 0003\r\n", "abc"), "POST /x abc", "POST /x abc"),
        new("no length", Post("", ""), "POST /x", "POST /x"),
        new("body of GET", Get("Content-Length: 3\r\n") + "abc", "GET /x abc", "GET /x abc"),
        new("request as the body of GET", Get($"Content-Length: {Inner.Length}\r\n") + Inner, "GET /x " + Inner, "GET /x " + Inner),
        new("request as the body of HEAD", "HEAD" + Get($"Content-Length: {Inner.Length}\r\n")[3..] + Inner, "HEAD /x " + Inner, "HEAD /x " + Inner),
        new("request as the body of POST", Post($"Content-Length: {Inner.Length}\r\n", Inner), "POST /x " + Inner, "POST /x " + Inner),
    ];

    private static IEnumerable<SmugglingVector> TransferCodings =>
    [
        new("length, then chunks", Post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + Inner), "refused 400", "POST /x"),
        new("chunks, then length", Post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + Inner), "refused 400", "POST /x"),
        new("length and an unknown coding", Post("Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n", "0\r\n\r\n"), "refused 400", "refused 400"),
        new("unknown coding", Post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + Inner), "refused 400", "refused 400"),
        new("chunked, identity", Post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + Inner), "refused 400", "refused 400"),
        new("identity, chunked", Post("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n"), "refused 400", "refused 422"),
        new("identity", Post("Transfer-Encoding: identity\r\nContent-Length: 3\r\n", "abc"), "refused 400", "refused 400"),
        new("chunked twice", Post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), "refused 400", "refused 400"),
        new("chunked in two lines", Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), "refused 400", "refused 400"),
        new("chunked, then unknown in a second line", Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", "0\r\n\r\n" + Inner), "refused 400", "refused 400"),
        new("gzip, chunked", Post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), "refused 400", "refused 422"),
        new("chunked with a parameter", Post("Transfer-Encoding: chunked;a=b\r\n", "0\r\n\r\n"), "refused 400", "refused 400"),
        new("chunked in quotes", Post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n" + Inner), "refused 400", "refused 400"),
        new("chunked with a vertical tab", Post("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n" + Inner), "refused 400", "refused 400"),
        new("chunked with a zero byte", Post("Transfer-Encoding: chunked\0\r\n", "0\r\n\r\n" + Inner), "refused 400", "refused 400"),
        new("chunked with a comma", Post("Transfer-Encoding: , chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), "refused 400", "refused 422"),
        new("empty coding", Post("Transfer-Encoding:\r\nContent-Length: 3\r\n", "abc"), "refused 400", "refused 400"),
        new("blank before the colon of a coding", Post("Transfer-Encoding : chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), "refused 400", "refused 400"),
        new("tab before the colon of a coding", Post("Transfer-Encoding\t: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), "refused 400", "refused 400"),
        new("underscore for the hyphen of a coding", Post("Transfer_Encoding: chunked\r\nContent-Length: 3\r\n", "abc"), "POST /x abc", "POST /x abc"),
        new("chunked after a tab", Post("Transfer-Encoding:\tchunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("chunked in capitals", Post("TRANSFER-ENCODING: CHUNKED\r\n", "3\r\nabc\r\n0\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("chunks of GET", Get("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n", "GET /x abc", "GET /x abc"),
        new("chunks of HTTP/1.0", Post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n").Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), "refused 400", "POST /x abc"),
        new("length and chunks of HTTP/1.0", Post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n").Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), "refused 400", "POST /x"),
    ];

    private static IEnumerable<SmugglingVector> ChunkSizes =>
    [
        new("chunk size with 0x", Chunks("0x3\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("chunk size with a plus", Chunks("+3\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("negative chunk size", Chunks("-3\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("blank before the chunk size", Chunks(" 3\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("blank after the chunk size", Chunks("3 \r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("tab after the chunk size", Chunks("3\t\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("zero byte after the chunk size", Chunks("3\0\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("text after the chunk size", Chunks("3 a\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("chunk size with an underscore", Chunks("0_3\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("empty chunk size", Chunks("\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("chunk size beyond 64 bits", Chunks("10000000000000003\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("chunk size beyond 63 bits", Chunks("ffffffffffffffff\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("chunk size beyond 32 bits", Chunks("100000003\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("chunk size with many zeros", Chunks("0000000000000000000003\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("no CRLF after a chunk", Chunks("3\r\nabc0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("chunk longer than its size", Chunks("3\r\nabcd\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("line feed after the chunk size", Chunks("3\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("line feed after a chunk", Chunks("3\r\nabc\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("carriage return after the chunk size", Chunks("3\rabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("line feeds after the last chunk", Chunks("3\r\nabc\r\n0\n\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("extension", Chunks("3;a=b;c=\"d;e\"\r\nabc\r\n0;f\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("line feed within an extension", Chunks("3;a=\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("carriage return within an extension", Chunks("3;a\rb\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("zero byte within an extension", Chunks("3;a\0b\r\nabc\r\n0\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("extension of 100 KB", Chunks("3;" + new string('a', 100_000) + "\r\nabc\r\n0\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("extension of 4 KB", Chunks("3;" + new string('a', 4092) + "\r\nabc\r\n0\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("length as a trailer", Chunks("3\r\nabc\r\n0\r\nContent-Length: 9\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("coding as a trailer", Chunks("3\r\nabc\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("key as a trailer", Chunks("3\r\nabc\r\n0\r\nX-API-Key: other\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("trailer without a colon", Chunks("3\r\nabc\r\n0\r\nX-A\r\n\r\n"), "POST /x (broken off)|refused 400", "refused 400"),
        new("trailer after a line feed", Chunks("3\r\nabc\r\n0\r\nX-A: a\nX-B: b\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
        new("folded trailer", Chunks("3\r\nabc\r\n0\r\nX-A: a\r\n b\r\n\r\n"), "POST /x (broken off)|refused 400", "POST /x abc"),
    ];

    private static IEnumerable<SmugglingVector> HeaderLines =>
    [
        new("folded value", Post("X-A: a\r\n b\r\nContent-Length: 3\r\n", "abc"), "refused 400", "POST /x abc"),
        new("coding on a folded line", Post("X-A: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "abc"), "refused 400", "POST /x abc"),
        new("folded coding", Post("Transfer-Encoding:\r\n chunked\r\nContent-Length: 3\r\n", "abc"), "refused 400", "refused 400"),
        new("coding after a line feed", Post("X-A: a\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), "refused 400", "POST /x"),
        new("coding after a carriage return", Post("X-A: a\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), "refused 400", "refused 400"),
        new("line feeds only", Post("Content-Length: 3\r\n", "abc").Replace("\r", "", StringComparison.Ordinal), "refused 400", "POST /x abc"),
        new("carriage returns only", Post("Content-Length: 3\r\n", "abc").Replace("\n", "", StringComparison.Ordinal), "refused 400", "refused 400"),
        new("line feed before the end of the head", Get("X-A: a\n"), "refused 400", "GET /x"),
        new("two carriage returns", Get("X-A: a\r\r\n"), "refused 400", "refused 400"),
        new("blank before the first header", Line("GET /api/llm/x HTTP/1.1\r\n X-A: a"), "refused 400", "refused 400"),
        new("blank in a name", Get("X A: a\r\n"), "refused 400", "refused 400"),
        new("blank before a colon", Get("X-A : a\r\n"), "refused 400", "refused 400"),
        new("no name", Get(": a\r\n"), "refused 400", "refused 400"),
        new("no colon", Get("X-A\r\n"), "refused 400", "refused 400"),
        new("zero byte in a name", Get("X-\0A: a\r\n"), "refused 400", "refused 400"),
        new("name beyond ASCII", Get("X-\u00e9: a\r\n"), "refused 400", "refused 400"),
        new("delimiter in a name", Get("X(A): a\r\n"), "refused 400", "refused 400"),
        new("zero byte in a value", Get("X-A: a\0b\r\n"), "refused 400", "GET /x"),
        new("control character in a value", Get("X-A: a\u0001b\r\n"), "GET /x", "GET /x"),
        new("delete character in a value", Get("X-A: a\u007fb\r\n"), "GET /x", "GET /x"),
        new("bytes beyond ASCII in a value", Get("X-A: \u00e9\u00ff\r\n"), "GET /x", "GET /x"),
        new("value of 64 KB", Get("X-A: " + new string('a', 64_000) + "\r\n"), "refused 431", "refused 400"),
        new("1,000 headers", Get(string.Concat(Enumerable.Repeat("X-A: a\r\n", 1000))), "refused 431", "refused 400"),
    ];

    private static IEnumerable<SmugglingVector> Hosts =>
    [
        new("no host", $"GET /api/llm/x HTTP/1.1\r\nX-API-Key: {Key}\r\n\r\n", "refused 400", "GET /x"),
        new("two hosts", Get("Host: y\r\n"), "refused 400", "refused 400"),
        new("the same host twice", Get("Host: x\r\n"), "refused 400", "GET /x"),
        new("empty host", Host(""), "GET /x", "GET /x"),
        new("two hosts in one line", Host("x, y"), "refused 400", "GET /x"),
        new("blank in the host", Host("x y"), "refused 400", "GET /x"),
        new("path in the host", Host("x/y"), "refused 400", "GET /x"),
        new("user in the host", Host("a@x"), "refused 400", "GET /x"),
        new("query in the host", Host("x?y"), "refused 400", "GET /x"),
        new("line feed in the host", Host("x\ny"), "refused 400", "refused 400"),
        new("host beyond ASCII", Host("\u00e9"), "refused 400", "GET /x"),
        new("port of letters", Host("x:port"), "refused 400", "GET /x"),
        new("IPv6 host", Host("[::1]:80"), "GET /x", "GET /x"),
        new("absolute target with the same host", Line("GET http://x/api/llm/x HTTP/1.1"), "GET /x", "GET http://x/x"),
        new("absolute target with another host", Line("GET http://y/api/llm/x HTTP/1.1"), "refused 400", "refused 400"),
        new("absolute target with a user", Line("GET http://a@x/api/llm/x HTTP/1.1"), "GET /x", "GET http://a@x/x"),
        new("absolute target of another scheme", Line("GET gopher://x/api/llm/x HTTP/1.1"), "refused 400", "GET gopher://x/x"),
    ];

    private static IEnumerable<SmugglingVector> RequestLines =>
    [
        new("HTTP/1.2", Line("GET /api/llm/x HTTP/1.2"), "refused 505", "GET /x"),
        new("HTTP/2.0", Line("GET /api/llm/x HTTP/2.0"), "refused 505", "GET /x"),
        new("HTTP/0.9", Line("GET /api/llm/x"), "refused 505", "refused 400"),
        new("HTTP/1.10", Line("GET /api/llm/x HTTP/1.10"), "refused 400", "refused 400"),
        new("HTTP/1", Line("GET /api/llm/x HTTP/1"), "refused 400", "refused 400"),
        new("protocol in lower case", Line("GET /api/llm/x http/1.1"), "refused 505", "refused 400"),
        new("another protocol", Line("GET /api/llm/x ICAP/1.1"), "refused 505", "refused 400"),
        new("method in lower case", Line("get /api/llm/x HTTP/1.1"), "GET /x|get /x", "get /x"),
        new("no method", Line(" /api/llm/x HTTP/1.1"), "refused 400", "refused 400"),
        new("delimiter in the method", Line("G(T /api/llm/x HTTP/1.1"), "refused 400", "refused 400"),
        new("zero byte in the method", Line("G\0T /api/llm/x HTTP/1.1"), "refused 400", "refused 400"),
        new("two blanks before the target", Line("GET  /api/llm/x HTTP/1.1"), "refused 400", "GET /x"),
        new("two blanks after the target", Line("GET /api/llm/x  HTTP/1.1"), "GET /x", "GET /x"),
        new("tab before the target", Line("GET\t/api/llm/x HTTP/1.1"), "refused 400", "GET /x"),
        new("tab after the target", Line("GET /api/llm/x\tHTTP/1.1"), "refused 400", "GET /x"),
        new("blank after the protocol", Line("GET /api/llm/x HTTP/1.1 "), "refused 400", "refused 400"),
        new("blank before the method", Line(" GET /api/llm/x HTTP/1.1"), "refused 400", "refused 400"),
        new("empty line before", Line("\r\nGET /api/llm/x HTTP/1.1"), "GET /x", "GET /x"),
        new("blank in the target", Line("GET /api/llm/x y HTTP/1.1"), "refused 400", "refused 400"),
        new("protocol in the target", Line("GET /api/llm/x HTTP/1.1 HTTP/1.1"), "refused 400", "refused 400"),
        new("zero byte in the target", Line("GET /api/llm/x\0 HTTP/1.1"), "refused 400", "refused 400"),
        new("control character in the target", Line("GET /api/llm/x\u0001 HTTP/1.1"), "refused 400", "refused 400"),
        new("bytes beyond ASCII in the target", Line("GET /api/llm/\u00e9 HTTP/1.1"), "refused 400", "refused 400"),
        new("carriage return in the target", Line("GET /api/llm/x\ry HTTP/1.1"), "refused 400", "refused 400"),
        new("target without a slash", Line("GET api/llm/x HTTP/1.1"), "refused 400", "refused 400"),
        new("target of 64 KB", Line("GET /api/llm/" + new string('a', 64_000) + " HTTP/1.1"), "refused 414", "refused 400"),
    ];

    private static IEnumerable<SmugglingVector> Targets =>
    [
        new("encoded zero byte", Line("GET /api/llm/%00 HTTP/1.1"), "refused 400", "GET /%00"),
        new("encoded line ends", Line("GET /api/llm/x%0d%0aX-A:%20a HTTP/1.1"), "GET /x%0d%0aX-A:%20a", "GET /x%0d%0aX-A:%20a"),
        new("incomplete escape", Line("GET /api/llm/%4 HTTP/1.1"), "GET /%4", "GET /%4"),
        new("encoded slash", Line("GET /api/llm/a%2fb HTTP/1.1"), "GET /a%2fb", "GET /a%2fb"),
        new("two slashes", Line("GET /api/llm//x HTTP/1.1"), "GET //x", "GET //x"),
        new("backslashes", Line("GET /api/llm/a\\\\b HTTP/1.1"), "GET /a\\\\b", "GET /a\\\\b"),
        new("dots", Line("GET /api/llm/../platform/x HTTP/1.1"), "answered 404", "GET /../platform/x"),
        new("encoded dots", Line("GET /api/llm/%2e%2E/platform/x HTTP/1.1"), "answered 404", "GET /%2e%2E/platform/x"),
        new("dots and an encoded slash", Line("GET /api/llm/..%2fplatform/x HTTP/1.1"), "answered 404", "GET /..%2fplatform/x"),
        new("dots and a backslash", Line("GET /api/llm/..\\\\platform/x HTTP/1.1"), "answered 404", "GET /..\\\\platform/x"),
        new("dots and a parameter", Line("GET /api/llm/..;/platform/x HTTP/1.1"), "answered 404", "GET /..;/platform/x"),
        new("overlong dots", Line("GET /api/llm/%c0%ae%c0%ae/x HTTP/1.1"), "GET /%c0%ae%c0%ae/x", "GET /%c0%ae%c0%ae/x"),
        new("dots in the query", Line("GET /api/llm/x?a=../../b HTTP/1.1"), "GET /x?a=../../b", "GET /x?a=../../b"),
        new("fragment", Line("GET /api/llm/x#y HTTP/1.1"), "refused 400", "refused 400"),
        new("fragment before a query", Line("GET /api/llm/x#/../y?z HTTP/1.1"), "refused 400", "refused 400"),
        new("asterisk", Line("OPTIONS * HTTP/1.1"), "answered 404", "OPTIONS *"),
        new("asterisk of GET", Line("GET * HTTP/1.1"), "refused 405", "GET *"),
        new("CONNECT", Line("CONNECT x:443 HTTP/1.1"), "refused 400", "CONNECT x:443"),
        new("CONNECT with a path", Line("CONNECT /api/llm/x HTTP/1.1"), "refused 400", "refused 400"),
        new("preface of HTTP/2", Line("PRI * HTTP/2.0"), "refused silently|refused 400", "refused 400"),
    ];

    private static IEnumerable<SmugglingVector> HeadersOfTheConnection =>
    [
        new("upgrade to h2c", Get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"), "GET /x", "GET /x"),
        new("upgrade to h2c alone", Get("Connection: Upgrade\r\nUpgrade: h2c\r\n"), "GET /x", "GET /x"),
        new("upgrade to h2c, settings not named", Get("Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"), "GET /x", "GET /x"),
        new("upgrade to WebSocket", Get("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), "GET /x", "GET /x"),
        new("upgrade with a body", Post("Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 3\r\n", "abc"), "POST /x abc", "POST /x abc"),
        new("Connection: X-API-Key", Get("Connection: X-API-Key\r\n"), "GET /x", "GET /x"),
        new("Connection: X-Forwarded-For", Get("X-Forwarded-For: 10.0.0.1\r\nConnection: X-Forwarded-For\r\n"), "GET /x", "GET /x"),
        new("Connection: Host, Content-Length", Post("Content-Length: 3\r\nConnection: Host, Content-Length\r\n", "abc"), "POST /x abc", "POST /x abc"),
        new("Connection: Transfer-Encoding", Post("Transfer-Encoding: chunked\r\nConnection: Transfer-Encoding\r\n", "3\r\nabc\r\n0\r\n\r\n"), "POST /x abc", "POST /x abc"),
        new("TE: trailers", Get("TE: trailers\r\nConnection: TE\r\n"), "GET /x", "GET /x"),
        new("unknown expectation", Post("Content-Length: 3\r\nExpect: 200-ok\r\n", "abc"), "POST /x abc", "POST /x abc"),
        new("method override", Post("Content-Length: 3\r\nX-HTTP-Method-Override: DELETE\r\n", "abc"), "POST /x abc", "POST /x abc"),
        new("HTTP/1.0 kept alive", Get("Connection: keep-alive\r\n").Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), "GET /x", "GET /x"),
        new("HTTP/1.0", Get("").Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), "GET /x", "GET /x"),
    ];

    private static string Post(string headers, string body) => $"POST /api/llm/x HTTP/1.1\r\nHost: x\r\nX-API-Key: {Key}\r\n{headers}\r\n{body}";

    private static string Chunks(string body) => Post("Transfer-Encoding: chunked\r\n", body);

    private static string Get(string headers) => Line("GET /api/llm/x HTTP/1.1", headers);

    private static string Line(string line, string headers = "") => $"{line}\r\nHost: x\r\nX-API-Key: {Key}\r\n{headers}\r\n";

    private static string Host(string host) => $"GET /api/llm/x HTTP/1.1\r\nHost: {host}\r\nX-API-Key: {Key}\r\n\r\n";
}

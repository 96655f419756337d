using static PyAirtable.Gateway.Tests.Forwarding.UpstreamFault;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>The table of faults that an upstream's answers may have.</summary>
internal static class UpstreamFaults
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string GoodChunk = "7\r\n" + Good + "\r\n";
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + Good;

    /// <summary>Connections that end or fall silent.</summary>
    public static IEnumerable<UpstreamFault> Endings =>
    [
        new("closes without an answer", "", "500", "500") { Ending = Ending.Close },
        new("resets without an answer", "", "500", "500") { Ending = Ending.Reset },
        new("closes within the status line", "HTTP/1.1 20", "500", "500") { Ending = Ending.Close },
        new("closes within the head", "HTTP/1.1 200 OK\r\nContent-Le", "500", "500") { Ending = Ending.Close },
        new("closes before the empty line", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n", "500", "500") { Ending = Ending.Close },
        new("resets within the head", "HTTP/1.1 200 OK\r\nContent-Le", "500", "500") { Ending = Ending.Reset },
        Broken("closes before the body", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"),
        Broken("closes within the body", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + Good),
        Broken("resets within the body", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + Good, Ending.Reset),
        Broken("closes before the last chunk", Chunked + GoodChunk),
        Broken("closes within a chunk", Chunked + "8\r\n" + Good),
        Broken("closes within a chunk's size", Chunked + GoodChunk + "1"),
        Broken("closes before the end of the trailers", Chunked + GoodChunk + "0\r\nX-T: 1\r\n"),
        Broken("resets within a chunked body", Chunked + GoodChunk, Ending.Reset),
        Broken("resets a body without length", "HTTP/1.1 200 OK\r\n\r\n" + Good, Ending.Reset),
        new("is silent", "", "timeout", "500") { Ending = Ending.Silence },
        new("is silent within the head", "HTTP/1.1 200 OK\r\nX-A: ", "timeout", "500") { Ending = Ending.Silence },
        Broken("is silent within the body", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + Good, Ending.Silence),
        Broken("is silent within a chunk", Chunked + "8\r\n" + Good, Ending.Silence),
        Broken("is silent before the last chunk", Chunked + GoodChunk, Ending.Silence),
    ];

    /// <summary>Status lines.</summary>
    public static IEnumerable<UpstreamFault> StatusLines =>
    [
        Tolerable("no reason and no blank", "HTTP/1.1 200\r\nContent-Length: 7\r\n\r\n" + Good),
        Sound("no reason", "HTTP/1.1 200 \r\nContent-Length: 7\r\n\r\n" + Good),
        Sound("reason beyond ASCII", "HTTP/1.1 200 \u00d6K\r\nContent-Length: 7\r\n\r\n" + Good),
    ];

    /// <summary>Header lines.</summary>
    public static IEnumerable<UpstreamFault> HeaderLines =>
    [
        Tolerable("blank before a colon", "HTTP/1.1 200 OK\r\nX-A : a\r\nContent-Length: 7\r\n\r\n" + Good),
        Tolerable("folded value", "HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\nContent-Length: 7\r\n\r\n" + Good),
        Tolerable("bare line feeds", "HTTP/1.1 200 OK\nX-A: a\nContent-Length: 7\n\n" + Good),
        Tolerable("one bare line feed", "HTTP/1.1 200 OK\r\nX-A: a\nContent-Length: 7\r\n\r\n" + Good),
        Sound("empty value", "HTTP/1.1 200 OK\r\nX-A:\r\nX-B: \t \r\nContent-Length: 7\r\n\r\n" + Good),
        Sound("no blank after a colon", "HTTP/1.1 200 OK\r\nX-A:a\r\nContent-Length:7\r\n\r\n" + Good),
        Sound("16 KB value", "HTTP/1.1 200 OK\r\nX-A: " + new string('a', 16 << 10) + "\r\nContent-Length: 7\r\n\r\n" + Good),
    ];

    /// <summary>How long a body is said to be.</summary>
    public static IEnumerable<UpstreamFault> Lengths =>
    [
        Tolerable("length with zeros", "HTTP/1.1 200 OK\r\nContent-Length: 0000000000000000000000007\r\n\r\n" + Good),
        Tolerable("length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + GoodChunk + "0\r\n\r\n"),
        Tolerable("chunks of HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + GoodChunk + "0\r\n\r\n"),
        Sound("chunked in capitals", "HTTP/1.1 200 OK\r\nTRANSFER-ENCODING: CHUNKED\r\n\r\n" + GoodChunk + "0\r\n\r\n"),
        Sound("no length", "HTTP/1.1 200 OK\r\n\r\n" + Good, Ending.Close),
        Sound("no length of HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n" + Good, Ending.Close),
        Sound("length of HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 7\r\n\r\n" + Good, Ending.Close),
        Sound("kept alive by HTTP/1.0", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 7\r\n\r\n" + Good),
        Sound("Connection: close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 7\r\n\r\n" + Good, Ending.Silence),
    ];

    /// <summary>Chunks.</summary>
    public static IEnumerable<UpstreamFault> Chunks =>
    [
        Malformed("size beyond 63 bits", Chunked + "ffffffffffffffff\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("1 MB trailer", Chunked + GoodChunk + "0\r\nX-T: " + new string('a', 1 << 20) + "\r\n\r\n"),
        new("bare line feeds between chunks", Chunked + "7\n" + Good + "\n0\n\n", "passed|broken|502", "passed|500") { Ending = Ending.Close },
        new("blank after the size", Chunked + "7 \r\n" + Good + "\r\n0\r\n\r\n", "passed|broken|502", "passed|500") { Ending = Ending.Close },
        new("line feed within an extension", Chunked + "7;a=\n" + Good + "\r\n0\r\n\r\n", "passed|broken|502", "passed|500") { Ending = Ending.Close },
        Sound("size with zeros", Chunked + "0007\r\n" + Good + "\r\n0\r\n\r\n"),
        Sound("many zeros in the last size", Chunked + GoodChunk + "00000\r\n\r\n"),
        Sound("extension", Chunked + "7;a=b;c=\"d;e\"\r\n" + Good + "\r\n0;f\r\n\r\n"),
        Sound("trailers", Chunked + GoodChunk + "0\r\nX-T: 1\r\nContent-Length: 3\r\n\r\n"),
        Sound("one byte each", Chunked + string.Concat(Good.Select(one => $"1\r\n{one}\r\n")) + "0\r\n\r\n"),
    ];

    /// <summary>Answers before the answer.</summary>
    public static IEnumerable<UpstreamFault> Interim =>
    [
        Sound("100 that was not asked for", "HTTP/1.1 100 Continue\r\n\r\n" + Whole),
        Sound("103", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Whole),
        Sound("several", string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 5)) + Whole),
        Tolerable("100 with a length", "HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n" + Whole),
        new("and then the end", "HTTP/1.1 100 Continue\r\n\r\n", "500", "500") { Ending = Ending.Close },
        new("without the answer", "HTTP/1.1 100 Continue\r\n\r\n", "timeout", "500") { Ending = Ending.Silence },
    ];
}

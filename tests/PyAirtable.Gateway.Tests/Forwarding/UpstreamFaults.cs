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
        Invalid("another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        Invalid("bytes", "\u0016\u0003\u0001\u0000\u00c8\u0001\0\0\u00c4\u0003\u0003\r\n\r\n"),
        Invalid("HTTP/2.0", "HTTP/2.0 200 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("HTTP/1.12", "HTTP/1.12 200 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("lower-case protocol", "http/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("no status", "HTTP/1.1\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("status of letters", "HTTP/1.1 abc OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("status of two digits", "HTTP/1.1 20 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("negative status", "HTTP/1.1 -20 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("status below 100", "HTTP/1.1 099 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("two blanks before the status", "HTTP/1.1  200 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("blank before the protocol", " HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("zero byte in the reason", "HTTP/1.1 200 O\0K\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("carriage return in the reason", "HTTP/1.1 200 O\rK\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("a request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        Invalid("1 MB line", "HTTP/1.1 200 " + new string('a', 1 << 20) + "\r\n\r\n"),
        Invalid("101 that was not asked for", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + Good),
        Tolerable("empty line before the answer", "\r\n" + Whole),
        Tolerable("no reason and no blank", "HTTP/1.1 200\r\nContent-Length: 7\r\n\r\n" + Good),
        Sound("no reason", "HTTP/1.1 200 \r\nContent-Length: 7\r\n\r\n" + Good),
        Sound("reason beyond ASCII", "HTTP/1.1 200 \u00d6K\r\nContent-Length: 7\r\n\r\n" + Good),
    ];

    /// <summary>Header lines.</summary>
    public static IEnumerable<UpstreamFault> HeaderLines =>
    [
        Invalid("zero byte in a value", "HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("carriage return in a value", "HTTP/1.1 200 OK\r\nX-A: a\rX-B: b\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("zero byte in a name", "HTTP/1.1 200 OK\r\nX-\0A: a\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("blank in a name", "HTTP/1.1 200 OK\r\nX A: a\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("name beyond ASCII", "HTTP/1.1 200 OK\r\nX-\u00e9: a\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("no name", "HTTP/1.1 200 OK\r\n: a\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("no colon", "HTTP/1.1 200 OK\r\nX-A\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("blank before the first header", "HTTP/1.1 200 OK\r\n X-A: a\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("1 MB value", "HTTP/1.1 200 OK\r\nX-A: " + new string('a', 1 << 20) + "\r\nContent-Length: 7\r\n\r\n" + Good),
        Invalid("1 MB of headers without end", "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-A: " + new string('a', 1000) + "\r\n", 1000))),
        Invalid("10,000 headers", "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: a\r\n")) + "Content-Length: 7\r\n\r\n" + Good),
        Tolerable("blank before a colon", "HTTP/1.1 200 OK\r\nX-A : a\r\nContent-Length: 7\r\n\r\n" + Good),
        Tolerable("folded value", "HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\nContent-Length: 7\r\n\r\n" + Good),
        Tolerable("bare line feeds", "HTTP/1.1 200 OK\nX-A: a\nContent-Length: 7\n\n" + Good),
        Tolerable("one bare line feed", "HTTP/1.1 200 OK\r\nX-A: a\nContent-Length: 7\r\n\r\n" + Good),
        Tolerable("control character in a value", "HTTP/1.1 200 OK\r\nX-A: a\u0001b\r\nContent-Length: 7\r\n\r\n" + Good),
        Sound("empty value", "HTTP/1.1 200 OK\r\nX-A:\r\nX-B: \t \r\nContent-Length: 7\r\n\r\n" + Good),
        Sound("no blank after a colon", "HTTP/1.1 200 OK\r\nX-A:a\r\nContent-Length:7\r\n\r\n" + Good),
        Sound("16 KB value", "HTTP/1.1 200 OK\r\nX-A: " + new string('a', 16 << 10) + "\r\nContent-Length: 7\r\n\r\n" + Good),
    ];

    /// <summary>How long a body is said to be.</summary>
    public static IEnumerable<UpstreamFault> Lengths =>
    [
        Invalid("two different lengths", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Length: 8\r\n\r\n" + Good),
        Invalid("two different lengths in one line", "HTTP/1.1 200 OK\r\nContent-Length: 7, 8\r\n\r\n" + Good),
        Invalid("length with a plus", "HTTP/1.1 200 OK\r\nContent-Length: +7\r\n\r\n" + Good),
        Invalid("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n" + Good),
        Invalid("hexadecimal length", "HTTP/1.1 200 OK\r\nContent-Length: 0x7\r\n\r\n" + Good),
        Invalid("length with a fraction", "HTTP/1.1 200 OK\r\nContent-Length: 7.0\r\n\r\n" + Good),
        Invalid("length of two numbers", "HTTP/1.1 200 OK\r\nContent-Length: 7 7\r\n\r\n" + Good),
        Invalid("empty length", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n" + Good),
        Invalid("length beyond 64 bits", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551623\r\n\r\n" + Good),
        Invalid("blank before the length's colon", "HTTP/1.1 200 OK\r\nContent-Length : 7\r\n\r\n" + Good),
        Invalid("unknown transfer coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n" + GoodChunk + "0\r\n\r\n"),
        Invalid("compressed transfer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n" + Good),
        Invalid("compressed after chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n" + GoodChunk + "0\r\n\r\n"),
        Invalid("chunked twice", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n" + GoodChunk + "0\r\n\r\n"),
        Invalid("chunked in two lines", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + GoodChunk + "0\r\n\r\n"),
        Invalid("identity transfer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 7\r\n\r\n" + Good),
        Tolerable("the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Length: 7\r\n\r\n" + Good),
        Tolerable("the same length twice in one line", "HTTP/1.1 200 OK\r\nContent-Length: 7, 7\r\n\r\n" + Good),
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
        Malformed("negative size", Chunked + "-7\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("size with a plus", Chunked + "+7\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("size with 0x", Chunked + "0x7\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("size beyond 64 bits", Chunked + "10000000000000007\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("size beyond 63 bits", Chunked + "ffffffffffffffff\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("size of letters", Chunked + "zz\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("empty size", Chunked + "\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("size with an underscore", Chunked + "0_7\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("text after the size", Chunked + "7 x\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("zero byte after the size", Chunked + "7\0\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("no CRLF after a chunk", Chunked + "7\r\n" + Good + "0\r\n\r\n"),
        Malformed("chunk longer than its size", Chunked + "6\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("chunk shorter than its size", Chunked + "9\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("1 MB size line", Chunked + "7;" + new string('a', 1 << 20) + "\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("1 MB of zeros", Chunked + new string('0', 1 << 20) + "7\r\n" + Good + "\r\n0\r\n\r\n"),
        Malformed("1 MB trailer", Chunked + GoodChunk + "0\r\nX-T: " + new string('a', 1 << 20) + "\r\n\r\n"),
        new("bare line feeds between chunks", Chunked + "7\n" + Good + "\n0\n\n", "passed|broken|502", "passed|500") { Ending = Ending.Close },
        new("bare carriage return after the size", Chunked + "7\r" + Good + "\r\n0\r\n\r\n", "broken|502", "500") { Ending = Ending.Close },
        new("blank before the size", Chunked + " 7\r\n" + Good + "\r\n0\r\n\r\n", "passed|broken|502", "passed|500") { Ending = Ending.Close },
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
        Tolerable("10,000", string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 10_000)) + Whole),
        Tolerable("100 with a length", "HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n" + Whole),
        new("and then the end", "HTTP/1.1 100 Continue\r\n\r\n", "500", "500") { Ending = Ending.Close },
        new("without the answer", "HTTP/1.1 100 Continue\r\n\r\n", "timeout", "500") { Ending = Ending.Silence },
    ];
}

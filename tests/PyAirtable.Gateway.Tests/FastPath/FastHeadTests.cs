using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.FastPath;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Security;

namespace PyAirtable.Gateway.Tests.FastPath;

public sealed partial class FastHeadTests
{
    private const int Mutations = 60_000;
    private const string Key = "X-API-Key: k\r\n";

    private const string Handshake =
        "GET /ws?session_id=a%20b HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nOrigin: http://b\r\nX-Trace-ID: t\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private static readonly string[] Sound =
    [
        $"GET /api/llm/x HTTP/1.1\r\nHost: a\r\n{Key}\r\n",
        $"POST /api/llm/x?a=b&c HTTP/1.1\r\nHost: a:80\r\n{Key}Content-Type: application/json\r\nContent-Length: 5\r\n\r\nabcde",
        $"DELETE /api/llm/a/b/ HTTP/1.1\r\nhost:a\r\n{Key}X-Trace-ID: t\r\nX-Request-ID: r\r\nConnection: keep-alive\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n",
        $"HEAD /api/llm/x HTTP/1.1\r\nHost: a\r\n{Key}traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nCookie: a=b\r\nConnection: close\r\n\r\n",
    ];

    private static readonly string[] Bits =
    [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", "\u007f", "\u00e9", "%", "/..", "?", "#", "Host: b\r\n", "Content-Length: 7\r\n", "Transfer-Encoding: chunked\r\n",
        "\r\n\r\n", " HTTP/1.1", "HTTP/1.0", "api_key=", "0", "-1", "Connection: x\r\n", " folded\r\n", "Expect: 100-continue\r\n",
    ];

    [Fact]
    public void Read_Sound_IsUsual()
    {
        var head = Make();
        Assert.All(Sound, text => Assert.Equal(HeadVerdict.Usual, head.Read(Encoding.Latin1.GetBytes(text))));
    }

    [Fact]
    public void Read_EveryPrefix_WaitsForMore()
    {
        var head = Make();
        foreach (var text in Sound)
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            for (var length = 0; length < text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4; length++)
            {
                Assert.Equal(HeadVerdict.Incomplete, head.Read(bytes.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public void Read_Parts_AreWhereTheyLie()
    {
        var head = Make();
        var bytes = Encoding.Latin1.GetBytes(Sound[1]);
        head.Read(bytes);

        Assert.Equal(("POST", "/api/llm/*", 5, false), (head.Method, head.Route.Template, head.ContentLength, head.Closes));
        Assert.Equal(["/x?a=b&c", "a:80", "k"], new[] { head.Target, head.Host, head.ApiKey }.Select(part => Encoding.Latin1.GetString(part.Of(bytes))));
        Assert.Equal(bytes.Length - 5, head.Length);
        Assert.Equal("Content-Type: application/json\r\nContent-Length: 5\r\n", Passing(head, bytes));
    }

    [Fact]
    public void Read_AfterAnother_KeepsNothingOfIt()
    {
        var head = Make();
        head.Read(Encoding.Latin1.GetBytes(Sound[2]));
        head.Read(Encoding.Latin1.GetBytes(Sound[3]));
        Assert.Equal(HeadVerdict.Usual, head.Read(Encoding.Latin1.GetBytes(Sound[0])));

        Assert.False(head.TraceId.IsSet || head.RequestId.IsSet || head.ForwardedFor.IsSet || head.Closes);
        Assert.Equal(0, head.Passing.Length);
    }

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n")]
    [InlineData("\r\n")]
    [InlineData("get /api/llm/x")]
    [InlineData("\u0016\u0003\u0001")]
    public void Read_WhatCannotBecomeUsual_IsNotWaitedFor(string text) => Assert.Equal(HeadVerdict.Unusual, Make().Read(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void Read_EndlessHead_IsNotWaitedFor() =>
        Assert.Equal(HeadVerdict.Unusual, Make().Read(Encoding.Latin1.GetBytes(Sound[0][..^2] + "X-A: " + new string('a', 17_000))));

    public static TheoryData<string, bool> RuledNames
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var name in RequestHeaders.KnownNames.Concat(["X-Forwarded-Port", "x-forwarded-user", "X-Other"]).Where(static name => name is not ("Host" or "Content-Length" or "X-API-Key" or "traceparent")))
            {
                data.Add(name, true);
                data.Add(name, false);
            }
            return data;
        }
    }

    // What is not left to the server goes on by the rule that all share.
    [Theory]
    [MemberData(nameof(RuledNames))]
    public void Read_HeaderWithARule_PassesOnlyByIt(string name, bool trusts)
    {
        var head = Make(trusts);
        var bytes = Encoding.Latin1.GetBytes($"GET /api/llm/x HTTP/1.1\r\nHost: a\r\n{Key}{name}: close\r\n\r\n");
        if (head.Read(bytes) == HeadVerdict.Usual)
        {
            // These are written anew, and told by what was sent.
            var isTold = name is "X-Trace-ID" or "X-Request-ID" || (trusts && name is (ForwardedHeaders.Proto or ForwardedHeaders.Host));
            Assert.Equal(isTold || new RequestHeaders(new HeaderDictionary(), trusts).Passes(name), Passing(head, bytes).Contains(name, StringComparison.Ordinal));
        }
    }

    // The seed is fixed: what fails once fails always.
    [Fact]
    public void Read_Mutated_NeitherThrowsNorTakesWhatIsNoRequest()
    {
        var random = new Random(4711);
        var head = Make();
        var usual = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var text = Mutate(random, Sound);
            if (head.Read(Encoding.Latin1.GetBytes(text)) == HeadVerdict.Usual)
            {
                usual++;
                Assert.True(IsStrict(text, head), text);
            }
        }
        Assert.InRange(usual, Mutations / 100, Mutations);
    }

    [Fact]
    public void Read_Handshake_IsTold()
    {
        var head = Make();
        var bytes = Encoding.Latin1.GetBytes(Handshake + "frames");

        Assert.Equal(HeadVerdict.Handshake, head.Read(bytes));
        Assert.Equal(("?session_id=a%20b", bytes.Length - 6), (head.Handshake!.Query, head.Length));
        Assert.Equal("t", Encoding.Latin1.GetString(head.Handshake.TraceId.Of(bytes)));
        Assert.Equal(HeadVerdict.Usual, head.Read(Encoding.Latin1.GetBytes(Sound[0])));
        Assert.Null(head.Handshake);
    }

    [Fact]
    public void Read_HandshakeMutated_NeitherThrowsNorTakesWhatIsNone()
    {
        var random = new Random(4712);
        var head = Make();
        var taken = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var text = Mutate(random, [Handshake]);
            if (head.Read(Encoding.Latin1.GetBytes(text)) == HeadVerdict.Handshake)
            {
                taken++;
                Assert.True(IsHandshake(text, head), text);
            }
        }
        Assert.InRange(taken, Mutations / 100, Mutations);
    }

    private static string Mutate(Random random, string[] sound)
    {
        var text = new StringBuilder(sound[random.Next(sound.Length)]);
        for (var changes = random.Next(1, 4); changes > 0 && text.Length > 2; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Bits[random.Next(Bits.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(256);
                    break;
                default:
                    text.Insert(at, text.ToString(random.Next(text.Length / 2), text.Length / 4));
                    break;
            }
        }
        return text.ToString();
    }

    // RFC 9112 and 9110, written anew and without regard to speed.
    private static bool IsStrict(string text, FastHead head)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        var headers = lines[1..].Select(static line => Header().Match(line)).ToList();
        IEnumerable<string> Values(string name) => headers.Where(header => header.Groups[1].Value.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static header => header.Groups[2].Value);
        var lengths = Values("Content-Length").ToList();
        return head.Length == end + 4
            && RequestLine().IsMatch(lines[0])
            && !lines[0].Split('?')[0].Contains("/.", StringComparison.Ordinal)
            && headers.TrueForAll(static header => header.Success)
            && Values("Host").Count() == 1
            && Values("X-API-Key").Count() <= 1
            && !Values("Transfer-Encoding").Any()
            && !Values("Expect").Any()
            && (lengths.Count == 0 ? head.ContentLength == 0 : lengths.Count == 1 && lengths[0].Trim(' ') == head.ContentLength.ToString(System.Globalization.CultureInfo.InvariantCulture))
            && Values("Connection").All(static value => value.Trim(' ').ToUpperInvariant() is "CLOSE" or "KEEP-ALIVE");
    }

    // RFC 6455, 4.2.1, written anew and without regard to speed.
    private static bool IsHandshake(string text, FastHead head)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        var headers = lines[1..].Select(static line => Header().Match(line)).ToList();
        List<string> Values(string name) => [.. headers.Where(header => header.Groups[1].Value.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static header => header.Groups[2].Value.Trim(' '))];
        return head.Length == end + 4
            && HandshakeLine().IsMatch(lines[0])
            && headers.TrueForAll(static header => header.Success)
            && Values("Host").Count == 1
            && Values("Content-Length").Count + Values("Transfer-Encoding").Count + Values("Expect").Count == 0
            && Values("Upgrade") is [{ } upgrade] && upgrade.Equals("websocket", StringComparison.OrdinalIgnoreCase)
            && Values("Connection") is [{ } connection] && connection.ToUpperInvariant() is "UPGRADE" or "KEEP-ALIVE, UPGRADE"
            && Values("Sec-WebSocket-Version") is ["13"]
            && Values("Sec-WebSocket-Key") is [{ } key] && Convert.FromBase64String(key).Length == 16;
    }

    private static string Passing(FastHead head, byte[] bytes)
    {
        var all = new StringBuilder();
        foreach (var piece in head.Passing)
        {
            all.Append(Encoding.Latin1.GetString(piece.Of(bytes)));
        }
        return all.ToString();
    }

    private static FastHead Make(bool trusts = true) => new(new FastPathOptions
    {
        Routes = [new FastRoute(new PrefixRoute("/api/llm", new Upstream("llm", "http://localhost", TimeSpan.FromSeconds(1)), null!))],
        MaxBodyBytes = 1000,
        TrustedPeers = TrustedPeers.All,
        ReplacesKey = true,
        Compresses = true,
    })
    { TrustsForwarded = trusts };

    [GeneratedRegex(@"^GET /ws\?[!-~]* HTTP/1\.1\z")]
    private static partial Regex HandshakeLine();

    [GeneratedRegex(@"^(GET|HEAD|POST|PUT|PATCH|DELETE) /api/llm/[!-~]* HTTP/1\.1\z")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([ -~\u0080-\u00ff]*)\z")]
    private static partial Regex Header();
}

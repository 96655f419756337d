using System.Net;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Bench.Micro;

/// <summary>A request as browsers and scripts send it, and what the platform answers.</summary>
internal static class Heads
{
    /// <summary>Head and body of a request to the gateway.</summary>
    public static readonly byte[] Request =
        """
        POST /api/platform/analytics/events HTTP/1.1
        Host: api.example.com
        X-API-Key: 55edcbebafee9dc65502812091f741ed8e3221b96ed8d43b7bcfa669d196ae6b
        User-Agent: Mozilla/5.0 (X11; Linux x86_64)
        Accept: application/json
        Accept-Language: en
        Content-Type: application/json
        Content-Length: 26

        {"event_type":"page_view"}
        """.ReplaceLineEndings("\r\n").Select(static letter => (byte)letter).ToArray();

    /// <summary>Head of an answer.</summary>
    public static readonly byte[] Answer = AnswerOf("Fri, 03 Jan 2025 10:00:00 GMT");

    /// <summary>The same a second later.</summary>
    public static readonly byte[] NextAnswer = AnswerOf("Fri, 03 Jan 2025 10:00:01 GMT");

    /// <summary>The request as the server has it.</summary>
    public static HttpContext ParsedRequest(IPAddress peer)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Protocol, http.Request.Scheme, http.Request.Path) = ("POST", "HTTP/1.1", "http", "/api/platform/analytics/events");
        http.Connection.RemoteIpAddress = peer;
        foreach (var line in System.Text.Encoding.ASCII.GetString(Request).Split("\r\n").Skip(1).TakeWhile(static line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            http.Request.Headers[line[..colon]] = line[(colon + 2)..];
        }
        return http;
    }

    private static byte[] AnswerOf(string date) => System.Text.Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Type: application/json\r\nContent-Length: 250\r\nVary: Origin\r\nCache-Control: no-store\r\nX-Request-ID: 0b9c3f0e-5c0e-4a53-9a0f-0d3f3c2f1a11\r\n\r\n");
}

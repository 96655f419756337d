using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Tests.Requests;

/// <summary>An HTTP exchange without a server.</summary>
internal sealed class Exchange
{
    private readonly MemoryStream _answer = new();

    internal Exchange(string method = "GET", string path = "/", string body = "", string? contentType = null)
        : this(method, path, Encoding.UTF8.GetBytes(body), contentType)
    {
    }

    internal Exchange(string method, string path, byte[] body, string? contentType)
    {
        var at = path.IndexOf('?', StringComparison.Ordinal);
        Http.Request.Method = method;
        Http.Request.Path = at < 0 ? path : path[..at];
        Http.Request.QueryString = new QueryString(at < 0 ? null : path[at..]);
        Http.Request.Body = new MemoryStream(body);
        if (contentType is not null)
        {
            Http.Request.ContentType = contentType;
        }

        Http.Response.Body = _answer;
    }

    internal DefaultHttpContext Http { get; } = new();

    internal RequestContext Context => new() { Http = Http };

    internal int Status => Http.Response.StatusCode;

    internal string Answer
    {
        get
        {
            Http.Response.BodyWriter.FlushAsync().AsTask().GetAwaiter().GetResult();
            return Encoding.UTF8.GetString(_answer.ToArray());
        }
    }

    internal Exchange With(string header, string value)
    {
        Http.Request.Headers.Append(header, value);
        return this;
    }

    internal string? Header(string name) => Http.Response.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}

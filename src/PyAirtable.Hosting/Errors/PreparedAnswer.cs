using Microsoft.AspNetCore.Http;

namespace PyAirtable.Hosting.Errors;

/// <summary>A complete answer whose bytes are made once and sent often.</summary>
public sealed class PreparedAnswer
{
    /// <summary>Content type of every JSON answer; the contracts have no charset on it.</summary>
    public const string Json = "application/json";

    /// <summary>Content type of every plain-text answer.</summary>
    public const string Text = "text/plain; charset=utf-8";

    private readonly ReadOnlyMemory<byte> _body;
    private readonly string _contentType;

    /// <summary>An answer of <paramref name="body"/> with a status and a content type.</summary>
    public PreparedAnswer(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        Status = status;
        _contentType = contentType;
        _body = body;
    }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>Sends the answer. Headers that were set before stay.</summary>
    public Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        response.ContentType = _contentType;
        response.ContentLength = _body.Length;
        var written = response.BodyWriter.WriteAsync(_body, http.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }
}

using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>What is kept of an answer to be compared: status, the headers that count, and the body up to a limit.</summary>
/// <param name="limit">Bytes of a body.</param>
internal sealed class AnswerCopy(int limit)
{
    private readonly ArrayBufferWriter<byte> _body = new();

    /// <summary>HTTP status.</summary>
    public int Status { get; private set; }

    /// <summary>Whether there is a body to compare: not where the gateway itself answers for want of one.</summary>
    public bool HasBody { get; private set; }

    /// <summary>Whether it can be compared: not where it is too long, a stream of events, or encoded.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Headers by their names.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Body.</summary>
    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    /// <summary>Whether an answer of which the head is known is nothing to compare.</summary>
    public static bool IsOther(HttpResponse response) =>
        response.Headers.ContentEncoding.Count > 0 || (response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) ?? false);

    /// <summary>Adds to the body.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (IsWhole && bytes.Length <= limit - _body.WrittenCount)
        {
            _body.Write(bytes);
        }
        else
        {
            Abandon();
        }
    }

    /// <summary>It will not be compared.</summary>
    public void Abandon()
    {
        IsWhole = false;
        _body.Clear();
    }

    /// <summary>The answer is over.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="response">Its head; null where the gateway answers for want of one.</param>
    /// <param name="headers">The headers that count.</param>
    public void End(int status, HttpResponse? response, IReadOnlyList<string> headers)
    {
        (Status, HasBody) = (status, response is not null);
        foreach (var name in response is null ? [] : headers)
        {
            Headers[name] = response!.Headers[name].ToString();
        }
        if (response is not null && IsOther(response))
        {
            Abandon();
        }
    }
}

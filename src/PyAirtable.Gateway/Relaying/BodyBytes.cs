using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Relaying;

/// <summary>Bodies read whole into memory. Whoever gets a large one is on a thread of the pool from then on: what is done with it
/// would keep the threads that own the sockets for too long.</summary>
internal static class BodyBytes
{
    private const int MaxAnswerBytes = 64 << 20;
    private const int LargeBytes = 256 << 10;
    private const int FirstRead = 4096;
    // A length is only a claim.
    private const int MostTrusted = 64 << 10;

    /// <summary>Reads a request's body; the server bounds it.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than the server takes (413), or malformed.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var reader = request.BodyReader;
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength ?? FirstRead, 1, MostTrusted));
        for (ReadResult read = default; !read.IsCompleted;)
        {
            read = await reader.ReadAsync(cancel);
            foreach (var segment in read.Buffer)
            {
                body.Write(segment.Span);
            }
            reader.AdvanceTo(read.Buffer.End);
        }
        if (body.WrittenCount > LargeBytes)
        {
            await Task.Yield();
        }
        return body.WrittenMemory;
    }

    /// <summary>Reads an upstream's body.</summary>
    /// <exception cref="UpstreamException">It does not come to its end, or is too large.</exception>
    public static async ValueTask<PooledBytes> ReadAsync(UpstreamReply reply)
    {
        var length = reply.ContentLength;
        var body = new PooledBytes((int)Math.Clamp(length ?? FirstRead, 1, MostTrusted));
        try
        {
            while (body.Length != length)
            {
                var got = await reply.ReadAsync(body.GetSpace());
                if (got == 0)
                {
                    break;
                }
                body.Advance(got);
                if (body.Length > MaxAnswerBytes)
                {
                    throw new UpstreamException(UpstreamFailure.AnswerTooLarge);
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
        if (body.Length > LargeBytes)
        {
            await Task.Yield();
        }
        return body;
    }
}

using PyAirtable.Gateway.Forwarding;
using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Relaying;

/// <summary>A body of many JSON documents, read as they come (gateway contract D9).</summary>
internal static class JsonStream
{
    private const int MaxBytes = 64 << 20;

    /// <summary>Reads the documents as <see cref="JsonCutter"/> cuts them. Each is valid until the next is asked for.</summary>
    /// <param name="read">Reads some of the body; 0 at its end.</param>
    /// <exception cref="UpstreamException">A document or the whole is too large, or too much of it is no JSON.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Func<Memory<byte>, ValueTask<int>> read)
    {
        using var cutter = new JsonCutter();
        long total = 0;
        while (!cutter.IsAtEnd)
        {
            var space = cutter.GetSpace();
            if (space.IsEmpty || total > MaxBytes)
            {
                throw new UpstreamException(UpstreamFailure.AnswerTooLarge);
            }
            var got = await read(space);
            total += got;
            cutter.Advance(got);
            while (cutter.TryCut(out var document))
            {
                yield return document;
            }
            if (cutter.HasTooMuchJunk)
            {
                throw new UpstreamException(UpstreamFailure.NotJson);
            }
        }
    }
}

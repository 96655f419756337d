using System.Buffers;
using System.IO.Compression;

namespace PyAirtable.Gateway.Compression;

/// <summary>Compresses bytes at the best speed into a buffer that can be changed on the way.</summary>
internal sealed class Encoder : IDisposable
{
    private readonly Sink _sink;
    private readonly Stream _stream;

    public Encoder(ContentCoding coding, IBufferWriter<byte> output)
    {
        _sink = new Sink(output);
        _stream = coding switch
        {
            ContentCoding.Brotli => new BrotliStream(_sink, CompressionLevel.Fastest),
            ContentCoding.Gzip => new GZipStream(_sink, CompressionLevel.Fastest),
            _ => new ZLibStream(_sink, CompressionLevel.Fastest),
        };
    }

    /// <summary>Bytes put out so far.</summary>
    public long Written => _sink.Written;

    /// <summary>Name of a coding in <c>Content-Encoding</c>.</summary>
    public static string NameOf(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => "deflate",
    };

    /// <summary>Takes bytes in.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    /// <summary>Puts out what was taken in, so that the other side can read it now.</summary>
    public void Flush() => _stream.Flush();

    /// <summary>Puts out the end.</summary>
    public void Dispose() => _stream.Dispose();

    private sealed class Sink(IBufferWriter<byte> output) : WriteOnlyStream
    {
        public long Written { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            output.Write(buffer);
            Written += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }
    }
}

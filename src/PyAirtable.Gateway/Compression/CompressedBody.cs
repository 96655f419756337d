using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PyAirtable.Gateway.Compression;

/// <summary>
/// The body of one answer, in the place of the server's own: at the first byte, when the head is known, it decides whether to
/// compress. An answer written as one piece keeps a <c>Content-Length</c>; of others each write is compressed and sent at once, so
/// that what streams goes on to stream and nothing is held back.
/// </summary>
internal sealed class CompressedBody(HttpContext http, IHttpResponseBodyFeature inner, ContentCoding coding) : WriteOnlyStream, IHttpResponseBodyFeature
{
    // As much as is compressed well within a millisecond; more goes to the thread pool.
    private const int Slice = 32 << 10;
    private const int LargestPiece = 1 << 20;

    private bool _decided;
    private Encoder? _encoder;
    private PipeWriter? _writer;
    private long? _expected;

    /// <summary>Bytes sent, where the answer is compressed on the way.</summary>
    public long? Sent => _encoder?.Written;

    /// <inheritdoc/>
    public Stream Stream => this;

    /// <inheritdoc/>
    public PipeWriter Writer => _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    /// <inheritdoc/>
    public void DisableBuffering() => inner.DisableBuffering();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Decide();
        return inner.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(this, path, offset, count, cancellationToken);

    /// <inheritdoc/>
    public async Task CompleteAsync()
    {
        await FinishAsync();
        await inner.CompleteAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > Slice)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        if (!_decided && http.Response.ContentLength == buffer.Length && buffer.Length <= LargestPiece && Compressible.Allows(http.Response))
        {
            _decided = true;
            await inner.Stream.WriteAsync(CompressPiece(buffer), cancellationToken);
            return;
        }
        Decide();
        if (_encoder is null)
        {
            await inner.Stream.WriteAsync(buffer, cancellationToken);
            return;
        }
        _expected -= buffer.Length;
        while (buffer.Length > 0)
        {
            var slice = buffer[..Math.Min(Slice, buffer.Length)];
            _encoder.Write(slice.Span);
            _encoder.Flush();
            await inner.Writer.FlushAsync(cancellationToken);
            buffer = buffer[slice.Length..];
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Decide();
        return inner.Stream.FlushAsync(cancellationToken);
    }

    /// <summary>Sends what is left. A body that ended before its length came is not given an end, which would make it look whole.</summary>
    public async Task FinishAsync()
    {
        if (_writer is not null)
        {
            await _writer.CompleteAsync();
        }
        if (_encoder is null)
        {
            return;
        }
        if (_expected is not (null or 0))
        {
            http.Abort();
            return;
        }
        _encoder.Dispose();
        await inner.Writer.FlushAsync(http.RequestAborted);
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException("Answers are written asynchronously.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");

    private void Decide()
    {
        if (_decided)
        {
            return;
        }
        _decided = true;
        if (Compressible.Allows(http.Response))
        {
            _expected = http.Response.ContentLength;
            EncodedHead.Write(http.Response, coding, length: null);
            _encoder = new Encoder(coding, inner.Writer);
        }
    }

    private ReadOnlyMemory<byte> CompressPiece(ReadOnlyMemory<byte> piece)
    {
        var compressed = new ArrayBufferWriter<byte>(Math.Max(piece.Length / 2, 256));
        using (var encoder = new Encoder(coding, compressed))
        {
            encoder.Write(piece.Span);
        }
        if (compressed.WrittenCount >= piece.Length)
        {
            EncodedHead.AddVary(http.Response.Headers);
            return piece;
        }
        EncodedHead.Write(http.Response, coding, compressed.WrittenCount);
        return compressed.WrittenMemory;
    }
}

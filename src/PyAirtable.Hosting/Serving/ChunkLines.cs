using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace PyAirtable.Hosting.Serving;

/// <summary>
/// Bounds the lines before chunks of a request's body. The server reads over chunk extensions of any length, and whoever stands before it
/// may take a long one for something else. It stands between connection and server, and looks at nothing but bodies in chunks, for which
/// it has to be told when one begins; all else passes untouched.
/// </summary>
internal sealed class ChunkLines : PipeReader, IDuplexPipe
{
    // As of the answers of upstreams; extensions are rare, and short where they are used.
    private const int MaxLineBytes = 4096;

    private readonly PipeReader _input;
    private ReadOnlySequence<byte> _read;
    private bool _watches;
    private bool _inSize;
    private int _line;
    private long _size;
    private long _left;

    private ChunkLines(IDuplexPipe transport) => (_input, Output) = (transport.Input, transport.Output);

    /// <inheritdoc/>
    public PipeReader Input => this;

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>Puts it before the server, behind everything else that an endpoint has.</summary>
    public static void Use(ListenOptions endpoint) => endpoint.Use(static next => connection =>
    {
        var lines = new ChunkLines(connection.Transport);
        connection.Transport = lines;
        connection.Features.Set(lines);
        return next(connection);
    });

    /// <summary>Says that the server has read the head of a request, and that chunks follow.</summary>
    public void Begin() => (_watches, _inSize, _line, _size, _left) = (true, true, 0, 0, 0);

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _watches ? ReadWatchedAsync(cancellationToken) : _input.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        var has = _input.TryRead(out result);
        _read = _watches && has ? result.Buffer : default;
        return has;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    /// <exception cref="BadHttpRequestException">The line before a chunk is too long.</exception>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var holds = !_watches || Watch(_read.Slice(0, consumed));
        _read = default;
        _input.AdvanceTo(consumed, examined);
        if (!holds)
        {
            throw new BadHttpRequestException("The line before a chunk is too long.");
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => _input.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => _input.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => _input.CompleteAsync(exception);

    private async ValueTask<ReadResult> ReadWatchedAsync(CancellationToken cancel)
    {
        var result = await _input.ReadAsync(cancel);
        _read = result.Buffer;
        return result;
    }

    // What the server has taken for chunks is well formed: only lengths are looked for. False where a line is too long.
    private bool Watch(in ReadOnlySequence<byte> taken)
    {
        foreach (var piece in taken)
        {
            for (var rest = piece.Span; !rest.IsEmpty && _watches;)
            {
                if (_left > 0)
                {
                    var data = (int)Math.Min(_left, rest.Length);
                    _left -= data;
                    rest = rest[data..];
                    continue;
                }
                var end = rest.IndexOf((byte)'\n');
                var line = end < 0 ? rest : rest[..(end + 1)];
                if ((_line += line.Length) > MaxLineBytes)
                {
                    return false;
                }
                ReadSize(line);
                rest = rest[line.Length..];
                if (end >= 0)
                {
                    EndLine();
                }
            }
        }
        return true;
    }

    private void ReadSize(ReadOnlySpan<byte> line)
    {
        for (var i = 0; _inSize && i < line.Length; i++)
        {
            _inSize = char.IsAsciiHexDigit((char)line[i]);
            _size = _inSize ? (_size << 4) | (uint)Digit(line[i]) : _size;
        }
    }

    private void EndLine()
    {
        // The last chunk has no bytes; trailers are read as headers are, within their bounds.
        _watches = _size > 0;
        (_inSize, _line, _size, _left) = (true, 0, 0, _size + "\r\n".Length);
    }

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

using System.Buffers;

namespace PyAirtable.Gateway.Relaying;

/// <summary>
/// Cuts bytes that come in pieces of any size into JSON documents. Objects may follow each other on one line, or take several, and
/// may have the <c>data: </c> of server-sent events before them; other values have a line of their own. All else is passed over.
/// What is cut does not depend on the pieces.
/// </summary>
internal sealed class JsonCutter : IDisposable
{
    /// <summary>Bytes of the largest document.</summary>
    public const int MaxDocumentBytes = 1 << 20;

    // Both bound the work on garbage: what looks like an object, but is none, is looked at again from the next brace on.
    private const int MaxDepth = 64;
    private const int MaxJunk = 1000;
    private const int FirstCapacity = 4096;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringEnd = SearchValues.Create("\"\\\n"u8);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstCapacity);
    private int _start;
    private int _filled;
    // What was looked at already of the document that begins at _start.
    private int _seen;
    private int _depth;
    private bool _inString;
    // Whether what follows is the rest of a line that is passed over.
    private bool _inJunk;
    private int _junk;

    private enum Piece
    {
        Whole,
        Part,
        Junk,
    }

    /// <summary>True once 0 bytes were added.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>True when so little is JSON that it is not worth going on.</summary>
    public bool HasTooMuchJunk => _junk > MaxJunk;

    /// <summary>Where the next bytes go; empty when a document is too large.</summary>
    public Memory<byte> GetSpace()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._filled).CopyTo(_buffer);
            (_seen, _filled, _start) = (_seen - _start, _filled - _start, 0);
        }
        if (_filled == _buffer.Length && _filled < MaxDocumentBytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_filled * 2);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        return _buffer.AsMemory(_filled);
    }

    /// <summary>Takes <paramref name="count"/> bytes into account; 0 for the end.</summary>
    public void Advance(int count)
    {
        _filled += count;
        IsAtEnd = count == 0;
    }

    /// <summary>Cuts the next document, in compact form; false where more bytes are needed.</summary>
    public bool TryCut(out ReadOnlyMemory<byte> document)
    {
        document = default;
        while (!HasTooMuchJunk && SkipToDocument())
        {
            var piece = _buffer[_start] == '{' ? FindObject() : FindLine();
            if (piece == Piece.Part)
            {
                return false;
            }
            if (piece == Piece.Whole && PassThroughJson.TryRewrite(_buffer.AsMemory(_start.._seen), out document))
            {
                Begin(_seen);
                return true;
            }
            _junk += piece == Piece.Whole ? 1 : 0;
            _inJunk = true;
            Begin(_start + 1);
        }
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // Goes to the first byte of what may be a document; false where there is none yet.
    private bool SkipToDocument()
    {
        if (_seen > _start)
        {
            return true;
        }
        if (_inJunk)
        {
            SkipJunk();
        }
        while (_start < _filled)
        {
            var rest = _buffer.AsSpan(_start.._filled);
            if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                _start++;
            }
            else if (rest.StartsWith("data:"u8))
            {
                _start += 5;
            }
            else
            {
                // Perhaps a prefix that has not come whole.
                Begin(_start);
                return IsAtEnd || !"data:"u8.StartsWith(rest);
            }
        }
        Begin(_start);
        return false;
    }

    private Piece FindObject()
    {
        while (_seen < _filled)
        {
            var next = _buffer.AsSpan(_seen.._filled).IndexOfAny(_inString ? StringEnd : Structure);
            if (next < 0)
            {
                _seen = _filled;
                break;
            }
            _seen += next;
            switch (_buffer[_seen])
            {
                case (byte)'\\':
                    if (_seen + 1 == _filled)
                    {
                        return IsAtEnd ? Piece.Junk : Piece.Part;
                    }
                    _seen++;
                    break;
                case (byte)'"':
                    _inString = !_inString;
                    break;
                case (byte)'\n':
                    return Piece.Junk;
                case (byte)'{' or (byte)'[':
                    if (++_depth > MaxDepth)
                    {
                        return Piece.Junk;
                    }
                    break;
                default:
                    _depth--;
                    break;
            }
            _seen++;
            if (_depth == 0)
            {
                return Piece.Whole;
            }
        }
        return IsAtEnd ? Piece.Junk : Piece.Part;
    }

    // A line that cannot be JSON, such as "event: x", is known by its first byte.
    private Piece FindLine()
    {
        var end = _buffer.AsSpan(_seen.._filled).IndexOf((byte)'\n');
        _seen = end < 0 ? _filled : _seen + end;
        if (end < 0 && !IsAtEnd)
        {
            return Piece.Part;
        }
        return _buffer[_start] is (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'t' or (byte)'f' or (byte)'n'
            ? Piece.Whole
            : Piece.Junk;
    }

    // Goes on at the next brace of the line, or on the next line.
    private void SkipJunk()
    {
        var next = _buffer.AsSpan(_start.._filled).IndexOfAny((byte)'{', (byte)'\n');
        _inJunk = next < 0;
        Begin(next < 0 ? _filled : _start + next);
    }

    private void Begin(int start) => (_start, _seen, _depth, _inString) = (start, start, 0, false);
}

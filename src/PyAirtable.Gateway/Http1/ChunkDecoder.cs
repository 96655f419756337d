namespace PyAirtable.Gateway.Http1;

/// <summary>Takes the chunks off a body, strictly (RFC 9112, 7.1). Extensions and trailers are read over.</summary>
internal struct ChunkDecoder
{
    // An upstream that pads its chunks with more than this has something else in mind.
    private const int MaxLineBytes = 4096;
    private const int MaxTrailerBytes = 16 * 1024;

    private State _state;
    private long _left;
    private int _line;
    private int _digits;

    private enum State
    {
        Size,
        Padding,
        Extension,
        SizeEnd,
        Data,
        DataReturn,
        DataEnd,
        TrailerStart,
        Trailer,
        TrailerEnd,
        LastEnd,
        Done,
    }

    /// <summary>Whether the last chunk has come.</summary>
    public readonly bool IsDone => _state == State.Done;

    /// <summary>Decodes in place.</summary>
    /// <param name="bytes">What has come; what it holds of the body stands at its start afterwards.</param>
    /// <param name="consumed">Bytes of it that were read.</param>
    /// <returns>Bytes of the body.</returns>
    /// <exception cref="InvalidAnswerException">These are no chunks.</exception>
    public int Decode(Span<byte> bytes, out int consumed)
    {
        var (read, written) = (0, 0);
        while (read < bytes.Length && _state != State.Done)
        {
            if (_state == State.Data)
            {
                var length = (int)Math.Min(_left, bytes.Length - read);
                bytes.Slice(read, length).CopyTo(bytes[written..]);
                (read, written, _left) = (read + length, written + length, _left - length);
                _state = _left == 0 ? State.DataReturn : State.Data;
                continue;
            }
            Step(bytes[read++]);
        }
        consumed = read;
        return written;
    }

    private void Step(byte next)
    {
        switch (_state)
        {
            case State.Size when char.IsAsciiHexDigit((char)next):
                // Fifteen digits are an exabyte; more could overflow.
                if (++_digits > 15)
                {
                    throw Invalid();
                }
                _left = (_left << 4) | (uint)(next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10);
                break;
            case State.Size when _digits > 0 && next == '\r':
                _state = State.SizeEnd;
                break;
            case State.Size or State.Padding when _digits > 0 && next == ';':
                (_state, _line) = (State.Extension, 0);
                break;
            case State.Size or State.Padding when _digits > 0 && next is (byte)' ' or (byte)'\t' && ++_line <= MaxLineBytes:
                _state = State.Padding;
                break;
            case State.Extension when next == '\r':
                _state = State.SizeEnd;
                break;
            case State.Extension when IsText(next) && ++_line <= MaxLineBytes:
                break;
            case State.SizeEnd when next == '\n':
                (_state, _digits, _line) = (_left == 0 ? State.TrailerStart : State.Data, 0, 0);
                break;
            case State.DataReturn when next == '\r':
                _state = State.DataEnd;
                break;
            case State.DataEnd when next == '\n':
                _state = State.Size;
                break;
            case State.TrailerStart when next == '\r':
                _state = State.LastEnd;
                break;
            case State.TrailerStart or State.Trailer when IsText(next) && ++_line <= MaxTrailerBytes:
                _state = State.Trailer;
                break;
            case State.Trailer when next == '\r':
                _state = State.TrailerEnd;
                break;
            case State.TrailerEnd when next == '\n':
                _state = State.TrailerStart;
                break;
            case State.LastEnd when next == '\n':
                _state = State.Done;
                break;
            default:
                throw Invalid();
        }
    }

    private static bool IsText(byte next) => next is >= 0x20 and not 0x7f or (byte)'\t';

    private static InvalidAnswerException Invalid() => new("has no proper chunks");
}

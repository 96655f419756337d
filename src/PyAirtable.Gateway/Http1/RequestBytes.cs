using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PyAirtable.Gateway.Http1;

/// <summary>Bytes of a request on their way to an upstream, in rented memory.</summary>
internal struct RequestBytes : IDisposable
{
    private static readonly SearchValues<char> NotInValues = SearchValues.Create("\r\n\0");

    private byte[] _buffer;
    private int _length;

    /// <summary>Room for a usual head.</summary>
    public static RequestBytes Rent() => new() { _buffer = ArrayPool<byte>.Shared.Rent(4096) };

    /// <summary>What was written.</summary>
    public readonly ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Appends characters as bytes of the same number.</summary>
    public void Add(ReadOnlySpan<char> text) => _length += Encoding.Latin1.GetBytes(text, Room(text.Length));

    /// <summary>Appends a number in decimal digits.</summary>
    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out var written);
        _length += written;
    }

    /// <summary>Appends a chunk of a body (RFC 9112, 7.1).</summary>
    public void AddChunk(ReadOnlySpan<byte> data)
    {
        Utf8Formatter.TryFormat(data.Length, Room(20), out var written, new StandardFormat('x'));
        _length += written;
        Add("\r\n"u8);
        Add(data);
        Add("\r\n"u8);
    }

    /// <summary>Appends a header line.</summary>
    /// <exception cref="BadHttpRequestException">The value would end the line before its end.</exception>
    public void AddHeader(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (value.ContainsAny(NotInValues))
        {
            throw new BadHttpRequestException("A header has a line break in it.");
        }
        var room = Room(name.Length + value.Length + 4);
        var at = Encoding.Latin1.GetBytes(name, room);
        room[at++] = (byte)':';
        room[at++] = (byte)' ';
        at += Encoding.Latin1.GetBytes(value, room[at..]);
        room[at++] = (byte)'\r';
        room[at++] = (byte)'\n';
        _length += at;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null!;
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + bytes));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        return _buffer.AsSpan(_length);
    }
}

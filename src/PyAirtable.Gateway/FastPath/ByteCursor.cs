using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace PyAirtable.Gateway.FastPath;

/// <summary>Writes into memory that is known to be large enough.</summary>
internal ref struct ByteCursor(Span<byte> memory)
{
    private readonly Span<byte> _memory = memory;

    /// <summary>Bytes written.</summary>
    public int Written { get; private set; }

    /// <summary>Appends bytes.</summary>
    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_memory[Written..]);
        Written += bytes.Length;
    }

    /// <summary>Appends characters as bytes of the same number.</summary>
    public void Add(string text) => Written += Encoding.Latin1.GetBytes(text, _memory[Written..]);

    /// <summary>Appends a number in decimal digits.</summary>
    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, _memory[Written..], out var bytes);
        Written += bytes;
    }

    /// <summary>Appends a number in hexadecimal digits.</summary>
    public void AddHex(long number)
    {
        Utf8Formatter.TryFormat(number, _memory[Written..], out var bytes, new StandardFormat('x'));
        Written += bytes;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Hosting.Data.Copying;

/// <summary>
/// Counts rows and adds up their digests. The sum does not depend on the rows' order, and a part of a table can be added to
/// another part: so rows copied in one run and in the next come to the same as all rows read at once.
/// </summary>
internal sealed class RowSums
{
    private readonly ArrayBufferWriter<byte> _row = new(512);

    /// <summary>Sums that go on from earlier ones.</summary>
    public RowSums(long rows = 0, ulong checksum = 0) => (Rows, Checksum) = (rows, checksum);

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Sum of the first eight bytes of their SHA-256, modulo 2^64.</summary>
    public ulong Checksum { get; private set; }

    /// <summary>Adds a value of the row that is being read.</summary>
    public void Add(object? value)
    {
        switch (value)
        {
            case null:
                Tag(0, 0);
                break;
            case long number:
                Tag(1, number);
                break;
            case bool flag:
                Tag(2, flag ? 1 : 0);
                break;
            case double number:
                Tag(3, BitConverter.DoubleToInt64Bits(number));
                break;
            case DateTime time:
                Tag(4, time.Ticks);
                break;
            case Guid id:
                Tag(5, 16);
                id.TryWriteBytes(_row.GetSpan(16));
                _row.Advance(16);
                break;
            case string text:
                Tag(6, Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, _row);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "not a value of a column");
        }
    }

    /// <summary>The row is over.</summary>
    public void EndRow()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, digest);
        _row.ResetWrittenCount();
        Rows++;
        Checksum = unchecked(Checksum + BinaryPrimitives.ReadUInt64BigEndian(digest));
    }

    // Kind and length or value, so that no two rows have the same bytes.
    private void Tag(byte kind, long value)
    {
        var head = _row.GetSpan(9);
        head[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(head[1..], value);
        _row.Advance(9);
    }
}

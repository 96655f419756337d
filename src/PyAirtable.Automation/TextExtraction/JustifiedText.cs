using System.Buffers;
using System.Runtime.Intrinsics;

namespace PyAirtable.Automation.TextExtraction;

/// <summary>
/// Writes a table's cells behind the blanks that right-justify them, piece by piece. Nearly all cells are short, and whole vectors are quicker
/// than as many bytes as there are: what they write too much is written over by the next cell, or is not in the piece.
/// </summary>
/// <param name="stream">Where it goes.</param>
internal ref struct JustifiedText(Stream stream)
{
    private const int PieceBytes = 64 * 1024;

    // Cells up to this length are written as vectors, and half as many blanks; so there must be room behind each.
    private const int ShortCell = 2 * 16;

    private byte[] _piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private int _at;

    /// <summary>Adds a cell.</summary>
    /// <param name="cell">Its text in UTF-8, and what follows there.</param>
    /// <param name="length">Bytes of the text.</param>
    /// <param name="blanks">How many stand before it.</param>
    /// <param name="end">What stands behind it.</param>
    public void Add(ReadOnlySpan<byte> cell, int length, int blanks, byte end)
    {
        if (blanks + length + ShortCell > _piece.Length - _at)
        {
            Write(_at);
            MakeRoom(blanks + length + ShortCell);
        }
        var place = _piece.AsSpan(_at);
        if (blanks <= Vector128<byte>.Count)
        {
            Vector128.Create((byte)' ').CopyTo(place);
        }
        else
        {
            place[..blanks].Fill((byte)' ');
        }
        place = place[blanks..];
        if (length <= ShortCell && cell.Length >= ShortCell)
        {
            Vector128.Create(cell).CopyTo(place);
            Vector128.Create(cell[Vector128<byte>.Count..]).CopyTo(place[Vector128<byte>.Count..]);
        }
        else
        {
            cell[..length].CopyTo(place);
        }
        place[length] = end;
        _at += blanks + length + 1;
    }

    /// <summary>Writes what is left, but for what stands behind the last cell.</summary>
    public void Complete()
    {
        Write(_at - 1);
        ArrayPool<byte>.Shared.Return(_piece);
    }

    private void Write(int length)
    {
        stream.Write(_piece, 0, length);
        _at = 0;
    }

    private void MakeRoom(int length)
    {
        if (length > _piece.Length)
        {
            ArrayPool<byte>.Shared.Return(_piece);
            _piece = ArrayPool<byte>.Shared.Rent(length);
        }
    }
}

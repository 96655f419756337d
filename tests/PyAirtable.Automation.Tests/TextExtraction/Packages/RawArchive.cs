using System.IO.Compression;
using System.Text;

namespace PyAirtable.Automation.Tests.TextExtraction.Packages;

/// <summary>An archive written field by field, so that its fields can be wrong.</summary>
internal sealed class RawArchive
{
    private readonly MemoryStream _bytes = new();
    private readonly MemoryStream _directory = new();
    private int _count;

    /// <summary>A file of its own bytes; what is given in place of the true fields is written.</summary>
    /// <returns>Where it begins.</returns>
    public long Add(string name, byte[] packed, long unpacked, ushort method = 8, ushort flags = 0)
    {
        var offset = _bytes.Position;
        _bytes.Write(Header(0x04034b50, method, flags, packed.Length, unpacked, name));
        _bytes.Write(Encoding.UTF8.GetBytes(name));
        _bytes.Write(packed);
        Refer(name, offset, packed.Length, unpacked, method, flags);
        return offset;
    }

    /// <summary>Another entry of the directory for bytes that are there already.</summary>
    public void Refer(string name, long offset, long packed, long unpacked, ushort method = 8, ushort flags = 0)
    {
        _directory.Write(BitConverter.GetBytes(0x02014b50));
        _directory.Write(new byte[4]);
        _directory.Write(BitConverter.GetBytes(flags));
        _directory.Write(BitConverter.GetBytes(method));
        _directory.Write(new byte[8]);
        _directory.Write(BitConverter.GetBytes((uint)packed));
        _directory.Write(BitConverter.GetBytes((uint)unpacked));
        _directory.Write(BitConverter.GetBytes((ushort)Encoding.UTF8.GetByteCount(name)));
        _directory.Write(new byte[12]);
        _directory.Write(BitConverter.GetBytes((uint)offset));
        _directory.Write(Encoding.UTF8.GetBytes(name));
        _count++;
    }

    /// <summary>The archive; the directory may lie about its size and place.</summary>
    public byte[] ToArray(int? count = null, uint? size = null, uint? offset = null)
    {
        var start = (uint)_bytes.Position;
        _bytes.Write(_directory.ToArray());
        _bytes.Write(BitConverter.GetBytes(0x06054b50));
        _bytes.Write(new byte[4]);
        _bytes.Write(BitConverter.GetBytes((ushort)(count ?? _count)));
        _bytes.Write(BitConverter.GetBytes((ushort)(count ?? _count)));
        _bytes.Write(BitConverter.GetBytes(size ?? (uint)_directory.Length));
        _bytes.Write(BitConverter.GetBytes(offset ?? start));
        _bytes.Write(new byte[2]);
        return _bytes.ToArray();
    }

    public static byte[] Deflate(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var stream = new DeflateStream(packed, CompressionLevel.SmallestSize))
        {
            write(stream);
        }
        return packed.ToArray();
    }

    public static byte[] Deflate(string text) => Deflate(stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static byte[] Header(uint signature, ushort method, ushort flags, int packed, long unpacked, string name) =>
    [
        .. BitConverter.GetBytes(signature), 20, 0, .. BitConverter.GetBytes(flags), .. BitConverter.GetBytes(method), 0, 0, 0, 0, 0, 0, 0, 0,
        .. BitConverter.GetBytes(packed), .. BitConverter.GetBytes((uint)unpacked), .. BitConverter.GetBytes((ushort)Encoding.UTF8.GetByteCount(name)), 0, 0,
    ];
}

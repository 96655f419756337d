namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>A file in an archive, as the archive's directory describes it.</summary>
/// <param name="Offset">Where its local header begins, in bytes from the start of the archive's file.</param>
/// <param name="Packed">Bytes that it takes in the archive, without its header.</param>
/// <param name="Unpacked">Bytes that it has when unpacked.</param>
/// <param name="Method">0 for stored, 8 for deflated.</param>
/// <param name="IsEncrypted">True when a password is needed.</param>
internal readonly record struct ZipEntry(long Offset, long Packed, long Unpacked, int Method, bool IsEncrypted)
{
    /// <summary>Bytes of a local header before its name.</summary>
    public const int HeaderLength = 30;

    /// <summary>The least offset at which another entry can begin.</summary>
    public long End => Offset + HeaderLength + Packed;
}

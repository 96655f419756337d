namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>The bytes of one part as they are unpacked: exactly as many as the archive's directory says, within the archive's budget.</summary>
internal sealed class PartStream(Stream unpacking, ZipEntry entry, UnpackBudget budget) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => entry.Unpacked;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, entry.Unpacked - _read);
        if (wanted == 0)
        {
            return 0;
        }
        var count = Unpack(buffer[..wanted]);
        if (count == 0)
        {
            throw ZipDirectory.Damaged();
        }
        _read += count;
        budget.Take(count);
        if (_read > ExtractionLimits.RatioFreeBytes && _read / ExtractionLimits.MaxRatio > entry.Packed)
        {
            throw new ExtractionLimitException(ExtractionLimits.TooTightlyPacked);
        }
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacking.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return unpacking.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw ZipDirectory.Damaged();
        }
    }
}

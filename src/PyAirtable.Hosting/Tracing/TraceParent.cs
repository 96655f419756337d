using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace PyAirtable.Hosting.Tracing;

/// <summary>
/// The <c>traceparent</c> header of W3C Trace Context (https://www.w3.org/TR/trace-context/): <c>00-{trace id}-{parent id}-{flags}</c>, lower-case hex.
/// </summary>
public readonly record struct TraceParent
{
    /// <summary>Characters of a header of version 00.</summary>
    public const int Length = 55;

    private readonly ulong _traceHigh;
    private readonly ulong _traceLow;
    private readonly ulong _parent;

    private TraceParent(ulong traceHigh, ulong traceLow, ulong parent, bool sampled)
    {
        _traceHigh = traceHigh;
        _traceLow = traceLow;
        _parent = parent;
        Sampled = sampled;
    }

    /// <summary>Whether the caller may have recorded this trace.</summary>
    public bool Sampled { get; }

    /// <summary>A new trace with random ids.</summary>
    public static TraceParent New(bool sampled = true) => new(Random64(), Random64(), Random64(), sampled);

    /// <summary>The context of a span of this process.</summary>
    public static TraceParent Of(Activity span)
    {
        Span<byte> bytes = stackalloc byte[24];
        span.TraceId.CopyTo(bytes[..16]);
        span.SpanId.CopyTo(bytes[16..]);
        return new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            span.ActivityTraceFlags.HasFlag(ActivityTraceFlags.Recorded));
    }

    /// <summary>
    /// Reads a header. Ids of zeros only, upper-case digits and version ff are refused; a version above 00 may go on after
    /// its flags with a hyphen, of which nothing is kept.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> header, out TraceParent parent)
    {
        parent = default;
        if (header.Length < Length || header[2] != '-' || header[35] != '-' || header[52] != '-'
            || !TryHex(header[..2], out var version) || version == 0xff
            || (header.Length > Length && (version == 0 || header[Length] != '-'))
            || !TryHex(header.Slice(3, 16), out var high) || !TryHex(header.Slice(19, 16), out var low) || (high | low) == 0
            || !TryHex(header.Slice(36, 16), out var id) || id == 0
            || !TryHex(header.Slice(53, 2), out var flags))
        {
            return false;
        }

        parent = new TraceParent(high, low, id, (flags & 1) != 0);
        return true;
    }

    /// <summary>The same trace with a new parent id, for the next hop.</summary>
    public TraceParent Child() => new(_traceHigh, _traceLow, Random64(), Sampled);

    /// <summary>Writes the header. False where there is no room for <see cref="Length"/> characters.</summary>
    public bool TryFormat(Span<char> header)
    {
        if (header.Length < Length)
        {
            return false;
        }

        "00-".CopyTo(header);
        WriteHex(_traceHigh, header[3..]);
        WriteHex(_traceLow, header[19..]);
        header[35] = '-';
        WriteHex(_parent, header[36..]);
        (Sampled ? "-01" : "-00").CopyTo(header[52..]);
        return true;
    }

    /// <summary>This context as the parent of a span.</summary>
    internal ActivityContext ToActivityContext(string? state)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _traceHigh);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _traceLow);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _parent);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(bytes[..16]),
            ActivitySpanId.CreateFromBytes(bytes[16..]),
            Sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
            state,
            isRemote: true);
    }

    /// <summary>The header.</summary>
    public override string ToString() => string.Create(Length, this, static (header, parent) => parent.TryFormat(header));

    private static ulong Random64() => (ulong)Random.Shared.NextInt64(1, long.MaxValue) ^ ((ulong)Random.Shared.Next(2) << 63);

    private static void WriteHex(ulong value, Span<char> to) => value.TryFormat(to, out _, "x16", CultureInfo.InvariantCulture);

    /// <summary>Lower-case digits only, as the standard has it.</summary>
    private static bool TryHex(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
            {
                return false;
            }

            value = (value << 4) | (uint)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }

        return true;
    }
}

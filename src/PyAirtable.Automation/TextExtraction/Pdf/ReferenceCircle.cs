using System.Buffers.Text;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>
/// Finds objects that are nothing but references to each other, or to themselves, in a circle: the library would follow them until its
/// stack ends. Those in compressed streams are not seen; of them the process dies.
/// </summary>
internal static class ReferenceCircle
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n\f\0"u8;

    /// <summary>True when the file has one.</summary>
    public static bool IsIn(ReadOnlySpan<byte> file)
    {
        var targets = new Dictionary<int, int>();
        for (var at = 0; file[at..].IndexOf("obj"u8) is >= 0 and var found; at += found + "obj".Length)
        {
            var start = at + found;
            if (TryReadReference(file[(start + "obj".Length)..], out var target) && TryReadNumber(file[..start], out var number))
            {
                targets[number] = target;
            }
        }
        return HasCircle(targets);
    }

    // Two numbers and an R, and nothing else in the object.
    private static bool TryReadReference(ReadOnlySpan<byte> value, out int target) =>
        TryTakeFirst(ref value, out target) && TryTakeFirst(ref value, out _) && value is [(byte)'R', ..] && value[1..].TrimStart(Blanks).StartsWith("endobj"u8);

    // The object's number stands before its generation.
    private static bool TryReadNumber(ReadOnlySpan<byte> before, out int number)
    {
        before = WithoutLastDigits(before.TrimEnd(Blanks)).TrimEnd(Blanks);
        return Utf8Parser.TryParse(before[WithoutLastDigits(before).Length..], out number, out _);
    }

    private static bool TryTakeFirst(ref ReadOnlySpan<byte> value, out int number)
    {
        value = value.TrimStart(Blanks);
        var isNumber = Utf8Parser.TryParse(value, out number, out var length);
        value = value[length..].TrimStart(Blanks);
        return isNumber;
    }

    private static ReadOnlySpan<byte> WithoutLastDigits(ReadOnlySpan<byte> bytes) => bytes[..(bytes.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1)];

    // Each number is passed once, by the first walk that comes to it. A walk that comes to where it was has found a circle.
    private static bool HasCircle(Dictionary<int, int> targets)
    {
        var passed = new Dictionary<int, int>();
        foreach (var start in targets.Keys)
        {
            for (var at = start; targets.TryGetValue(at, out var next); at = next)
            {
                if (!passed.TryAdd(at, start))
                {
                    if (passed[at] == start)
                    {
                        return true;
                    }
                    break;
                }
            }
        }
        return false;
    }
}

namespace PyAirtable.Hosting.Requests;

/// <summary>Lengths in Unicode code points, which is how Python counts characters.</summary>
internal static class CodePoints
{
    /// <summary>Code points in well-formed UTF-16.</summary>
    internal static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        while (text.IndexOfAnyInRange('\udc00', '\udfff') is >= 0 and var low)
        {
            count--;
            text = text[(low + 1)..];
        }

        return count;
    }

    /// <summary>Code points in well-formed UTF-8.</summary>
    internal static int Count(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var unit in utf8)
        {
            count += (unit & 0xc0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>The first <paramref name="most"/> code points of <paramref name="text"/>.</summary>
    internal static string Take(string text, int most)
    {
        var end = 0;
        for (var taken = 0; taken < most && end < text.Length; taken++)
        {
            end += char.IsSurrogatePair(text, end) ? 2 : 1;
        }

        return text[..end];
    }
}

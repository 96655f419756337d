namespace PyAirtable.Hosting.Requests;

/// <summary>
/// Integers in text as Python's services take them: blanks around, a sign, ASCII digits, and a tail of <c>.0</c>.
/// Underscores between digits, which Python would take too, are refused.
/// </summary>
internal static class IntegerText
{
    /// <summary>Reads <paramref name="text"/>; a value beyond 64 bits becomes the nearest 64-bit one, for a range check to refuse.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        text = text.Trim();
        var negative = text is ['-', ..];
        if (text is ['-' or '+', ..])
        {
            text = text[1..];
        }

        var point = text.IndexOf('.');
        if (point >= 0)
        {
            if (point == text.Length - 1 || text[(point + 1)..].ContainsAnyExcept('0'))
            {
                return false;
            }

            text = text[..point];
        }

        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        // Counted downwards, since the smallest value has no positive twin.
        foreach (var digit in text)
        {
            var next = digit - '0';
            if (value < (long.MinValue + next) / 10)
            {
                value = negative ? long.MinValue : long.MaxValue;
                return true;
            }

            value = (value * 10) - next;
        }

        if (!negative)
        {
            value = value == long.MinValue ? long.MaxValue : -value;
        }

        return true;
    }
}

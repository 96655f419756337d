using System.Globalization;
using System.Text;

namespace PyAirtable.Gateway.FastPath;

/// <summary>The <c>Date</c> line of answers whose upstream gives none, made once a second.</summary>
internal static class DateLine
{
    private static Cell _cell = new(0, []);

    /// <summary>The line, with its end.</summary>
    public static ReadOnlySpan<byte> Current
    {
        get
        {
            var last = Volatile.Read(ref _cell);
            var now = DateTimeOffset.UtcNow;
            var second = now.ToUnixTimeSeconds();
            if (last.Second != second)
            {
                last = new Cell(second, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Date: {now:R}\r\n")));
                Volatile.Write(ref _cell, last);
            }
            return last.Line;
        }
    }

    private sealed record Cell(long Second, byte[] Line);
}

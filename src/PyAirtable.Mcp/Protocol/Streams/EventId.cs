using System.Globalization;

namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>Name of an event within its session, as <c>Last-Event-ID</c> has it: <c>3-17</c>.</summary>
/// <param name="Stream">Number of the stream; 0 for the one of the server's own messages.</param>
/// <param name="Event">Number of the event on it, from 1 on; 0 for the place before the first.</param>
internal readonly record struct EventId(int Stream, int Event)
{
    /// <summary>Reads one; false where it is none of this server's.</summary>
    public static bool TryParse(string text, out EventId id)
    {
        id = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || !TryNumber(text.AsSpan(0, dash), out var stream) || !TryNumber(text.AsSpan(dash + 1), out var number))
        {
            return false;
        }
        id = new EventId(stream, number);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stream}-{Event}");

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

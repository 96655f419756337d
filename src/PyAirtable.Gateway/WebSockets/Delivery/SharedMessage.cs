using System.Globalization;
using System.Text;

namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>A message on its way from one gateway to others, through Redis.</summary>
/// <param name="Gateways">How many it went to.</param>
/// <param name="Id">Unique.</param>
/// <param name="SessionId">For whom.</param>
/// <param name="Message">The message.</param>
internal sealed record SharedMessage(int Gateways, string Id, string SessionId, QueuedMessage Message)
{
    /// <summary>As it is published, without the number of gateways, which the script puts before it:
    /// <c>3 id session-length expiry priority session text</c>, of which the last two are bytes without a blank between them.</summary>
    public byte[] ToBytes()
    {
        var session = Encoding.UTF8.GetBytes(SessionId);
        var head = string.Create(CultureInfo.InvariantCulture, $" {Id} {session.Length} {Message.Expires} {Message.Priority} ");
        return [.. Encoding.ASCII.GetBytes(head), .. session, .. Message.Text.Span];
    }

    /// <summary>Reads what was published.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static SharedMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        var gateways = (int)NextNumber(ref bytes);
        var id = Encoding.ASCII.GetString(Next(ref bytes).Span);
        var length = (int)NextNumber(ref bytes);
        var expires = NextNumber(ref bytes);
        var priority = (int)NextNumber(ref bytes);
        return length < 0 || length > bytes.Length
            ? throw new FormatException("The message is cut.")
            : new SharedMessage(gateways, id, Encoding.UTF8.GetString(bytes.Span[..length]), new QueuedMessage(bytes[length..], priority, expires));
    }

    /// <summary>As it waits in a queue: <c>expiry priority text</c>.</summary>
    public static byte[] ToEntry(QueuedMessage message) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Expires} {message.Priority} ")), .. message.Text.Span];

    /// <summary>Reads what waited in a queue.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static QueuedMessage ParseEntry(byte[] entry)
    {
        ReadOnlyMemory<byte> bytes = entry;
        var expires = NextNumber(ref bytes);
        var priority = (int)NextNumber(ref bytes);
        return new QueuedMessage(bytes, priority, expires);
    }

    private static long NextNumber(ref ReadOnlyMemory<byte> bytes) => long.Parse(Next(ref bytes).Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> Next(ref ReadOnlyMemory<byte> bytes)
    {
        var blank = bytes.Span.IndexOf((byte)' ');
        if (blank < 0)
        {
            throw new FormatException("The message is cut.");
        }
        var part = bytes[..blank];
        bytes = bytes[(blank + 1)..];
        return part;
    }
}

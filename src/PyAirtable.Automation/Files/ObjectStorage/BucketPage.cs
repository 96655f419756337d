using System.Globalization;
using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.Files.ObjectStorage;

/// <summary>A page of a bucket's keys (ListObjectsV2).</summary>
/// <param name="Objects">Keys, and when each was stored.</param>
/// <param name="Continuation">What asks for the next page; null after the last.</param>
internal sealed record BucketPage(IReadOnlyList<(string Key, DateTime StoredAt)> Objects, string? Continuation)
{
    /// <summary>Reads an answer's XML.</summary>
    /// <exception cref="InvalidDataException">It is none, or not that of a page.</exception>
    public static BucketPage Read(Stream stream)
    {
        var objects = new List<(string, DateTime)>();
        var (isTruncated, continuation) = (false, "");
        using var xml = new XmlScanner(stream);
        while (xml.Read() is not XmlToken.None and var token)
        {
            if (token != XmlToken.Start || xml.Depth != 2)
            {
                continue;
            }
            if (xml.LocalName.SequenceEqual("Contents"u8))
            {
                objects.Add(ReadObject(xml));
            }
            else if (xml.LocalName.SequenceEqual("IsTruncated"u8))
            {
                isTruncated = Text(xml) == "true";
            }
            else if (xml.LocalName.SequenceEqual("NextContinuationToken"u8))
            {
                continuation = Text(xml);
            }
        }
        return new(objects, isTruncated && continuation.Length > 0 ? continuation : null);
    }

    private static (string Key, DateTime StoredAt) ReadObject(XmlScanner xml)
    {
        var (key, stored) = ("", "");
        while (xml.Read() is var token && (token != XmlToken.End || xml.Depth >= 2))
        {
            if (token == XmlToken.Start && xml.LocalName.SequenceEqual("Key"u8))
            {
                key = Text(xml);
            }
            else if (token == XmlToken.Start && xml.LocalName.SequenceEqual("LastModified"u8))
            {
                stored = Text(xml);
            }
        }
        return DateTime.TryParse(stored, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? (key, time)
            : throw new InvalidDataException("an object has no time");
    }

    private static string Text(XmlScanner xml)
    {
        var text = new StringBuilder();
        xml.AppendText(text);
        return text.ToString();
    }
}

using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Documents;

/// <summary>What a document says of itself.</summary>
/// <param name="Title">Its title; empty for none.</param>
/// <param name="Author">Who made it; empty for none.</param>
internal sealed record CoreProperties(string Title, string Author)
{
    /// <summary>Reads the part of core properties. One that cannot be read says nothing: the text matters more.</summary>
    public static CoreProperties Read(ZipPackage package, string? part)
    {
        var (title, author) = (new StringBuilder(), new StringBuilder());
        try
        {
            using var xml = part is null ? null : package.Scan(part);
            while (xml is not null && xml.Read() is not XmlToken.None and var token)
            {
                if (token == XmlToken.Start && xml.Depth == 2 && xml.LocalName.SequenceEqual("title"u8))
                {
                    xml.AppendText(title);
                }
                else if (token == XmlToken.Start && xml.Depth == 2 && xml.LocalName.SequenceEqual("creator"u8))
                {
                    xml.AppendText(author);
                }
            }
        }
        catch (InvalidDataException)
        {
            // What was read until then counts.
        }
        return new(title.ToString(), author.ToString());
    }
}

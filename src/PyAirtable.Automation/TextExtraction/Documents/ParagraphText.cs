using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Documents;

/// <summary>The text of a paragraph's runs, links' runs included, with python-docx's characters for tabs and breaks.</summary>
internal static class ParagraphText
{
    /// <summary>At a paragraph's start, adds its text and goes to its end.</summary>
    public static void Append(StringBuilder text, XmlScanner xml)
    {
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }
            if (xml.LocalName.SequenceEqual("r"u8))
            {
                AppendRun(text, xml);
            }
            else if (xml.LocalName.SequenceEqual("hyperlink"u8))
            {
                AppendLink(text, xml);
            }
            else
            {
                xml.Skip();
            }
        }
    }

    private static void AppendLink(StringBuilder text, XmlScanner xml)
    {
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token == XmlToken.Start && xml.LocalName.SequenceEqual("r"u8))
            {
                AppendRun(text, xml);
            }
            else if (token == XmlToken.Start)
            {
                xml.Skip();
            }
        }
    }

    private static void AppendRun(StringBuilder text, XmlScanner xml)
    {
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }
            var name = xml.LocalName;
            if (name.SequenceEqual("t"u8))
            {
                xml.AppendText(text);
                continue;
            }
            if (name.SequenceEqual("tab"u8) || name.SequenceEqual("ptab"u8))
            {
                text.Append('\t');
            }
            else if (name.SequenceEqual("cr"u8) || (name.SequenceEqual("br"u8) && BreaksLine(xml.Attributes)))
            {
                text.Append('\n');
            }
            else if (name.SequenceEqual("noBreakHyphen"u8))
            {
                text.Append('-');
            }
            xml.Skip();
        }
    }

    // Breaks of pages and columns are no text.
    private static bool BreaksLine(XmlAttributes attributes)
    {
        while (attributes.Next())
        {
            if (attributes.LocalName.SequenceEqual("type"u8))
            {
                return attributes.Value.SequenceEqual("textWrapping"u8);
            }
        }
        return true;
    }
}

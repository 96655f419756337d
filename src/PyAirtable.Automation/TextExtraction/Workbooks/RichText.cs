using System.Text;
using PyAirtable.Automation.TextExtraction.Packages;

namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>The text of a shared or inline string: plain, or in runs of which each has its own looks. Phonetic guides are left out.</summary>
internal static class RichText
{
    /// <summary>openpyxl's escape of an underscore.</summary>
    public static ReadOnlySpan<byte> Escape => "x005F_"u8;

    /// <summary>At the element's start, adds its text and goes to its end.</summary>
    public static void Append(StringBuilder text, XmlScanner xml)
    {
        while (xml.Read() is not XmlToken.End and var token)
        {
            if (token != XmlToken.Start)
            {
                continue;
            }
            if (xml.LocalName.SequenceEqual("t"u8))
            {
                xml.AppendText(text);
            }
            else if (xml.LocalName.SequenceEqual("r"u8))
            {
                Append(text, xml);
            }
            else
            {
                xml.Skip();
            }
        }
    }

    /// <summary>The text, without openpyxl's escape of an underscore; the builder is empty after it.</summary>
    public static string Take(StringBuilder text)
    {
        var taken = text.ToString();
        text.Clear();
        return taken.Contains("x005F_", StringComparison.Ordinal) ? taken.Replace("x005F_", "", StringComparison.Ordinal) : taken;
    }
}

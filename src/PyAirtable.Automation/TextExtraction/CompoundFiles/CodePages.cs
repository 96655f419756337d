using System.Text;

namespace PyAirtable.Automation.TextExtraction.CompoundFiles;

/// <summary>Encodings of documents from before Unicode, by the number that Windows gave them.</summary>
internal static class CodePages
{
    private const int WesternEurope = 1252;

    /// <summary>Latin letters of Windows; Word and Excel write it where they say nothing else.</summary>
    public static Encoding Western => Find(WesternEurope)!;

    /// <summary>The encoding; null when there is none of that number.</summary>
    public static Encoding? Find(int number)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(number) ?? Encoding.GetEncoding(number);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}

namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>What an <see cref="XmlScanner"/> stands at.</summary>
internal enum XmlToken
{
    /// <summary>The document's end.</summary>
    None,

    /// <summary>An element's start; an end follows, for an empty element too.</summary>
    Start,

    /// <summary>Text within an element, blanks included.</summary>
    Text,

    /// <summary>An element's end.</summary>
    End,
}

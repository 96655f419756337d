namespace PyAirtable.Automation.TextExtraction.Workbooks;

/// <summary>What a cell's value is said to be (ECMA-376 part 1, 18.18.11).</summary>
internal enum CellType
{
    /// <summary>A number, or a date by its style; also where nothing is said.</summary>
    Number,

    /// <summary>The number of a text that cells share.</summary>
    Shared,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An error.</summary>
    Error,

    /// <summary>The text that a formula gave.</summary>
    Text,

    /// <summary>A text within the cell.</summary>
    Inline,

    /// <summary>A date in ISO 8601.</summary>
    Date,
}

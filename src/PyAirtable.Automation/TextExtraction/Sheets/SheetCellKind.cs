namespace PyAirtable.Automation.TextExtraction.Sheets;

/// <summary>What a sheet's cell holds.</summary>
internal enum SheetCellKind
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>An error such as a division by zero: a value that is missing.</summary>
    Error,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A day, with or without a time.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A length of time.</summary>
    Duration,
}

namespace PyAirtable.Hosting.Data.Checking;

/// <summary>A column as the database has it.</summary>
/// <param name="Type">Its type with its length, in lower case.</param>
/// <param name="IsNullable">Whether it takes NULL.</param>
/// <param name="IsFilled">Whether the database fills it where a row does not.</param>
internal sealed record ColumnShape(string Type, bool IsNullable, bool IsFilled);

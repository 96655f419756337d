using PyAirtable.Platform.Ingestion;

namespace PyAirtable.Platform.Tests.Ingestion;

/// <summary>A row of tests.</summary>
internal sealed class Note(string text) : IRow
{
    public int Id { get; set; }

    public string Text { get; } = text;

    public int Weight => Text.Length;
}

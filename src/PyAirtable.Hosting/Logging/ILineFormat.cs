namespace PyAirtable.Hosting.Logging;

/// <summary>Turns queue entries into lines; used by the writer's thread only.</summary>
internal interface ILineFormat
{
    /// <summary>Appends the entry and its line end.</summary>
    void Write(in LogEntry entry, Utf8Line line);
}

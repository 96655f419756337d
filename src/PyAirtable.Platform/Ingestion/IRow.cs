namespace PyAirtable.Platform.Ingestion;

/// <summary>A row that waits to be stored.</summary>
internal interface IRow
{
    /// <summary>The row's number, set once it is stored.</summary>
    int Id { get; set; }

    /// <summary>Bytes of memory that it takes while it waits, roughly.</summary>
    int Weight { get; }
}

namespace PyAirtable.Bench.PerformancePage;

/// <summary>A table in a file of results.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Rows">Its rows, the head first.</param>
internal sealed record TableResult(string Title, string[][] Rows);

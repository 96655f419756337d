namespace PyAirtable.Load.Reports;

/// <summary>A line of a chart. Points without a finite figure are gaps.</summary>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);

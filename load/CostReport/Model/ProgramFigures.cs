namespace PyAirtable.Cost.Model;

/// <summary>What a program needs.</summary>
/// <param name="CpuMs">Processor time of a request, in milliseconds.</param>
/// <param name="MemoryMb">Resident memory under load, in megabytes.</param>
/// <param name="LogBytes">Bytes that it logs for a request.</param>
/// <param name="Cores">Processors that one task of it can use.</param>
/// <param name="Source">What was measured, and how.</param>
/// <param name="MeasuredHere">Whether <see cref="MeasuredRun.With"/> took the figures from a run; else they are from elsewhere, entered by hand.</param>
internal sealed record ProgramFigures(double CpuMs, double MemoryMb, double LogBytes, double Cores, string Source, bool MeasuredHere = false);

namespace PyAirtable.Cost.Model;

/// <summary>What one service took in a load run.</summary>
/// <param name="Name">The service, as in the measured run.</param>
/// <param name="CpuSeconds">Its processor seconds.</param>
/// <param name="Requests">Requests that it answered.</param>
/// <param name="LogBytes">Bytes that it logged; null where its log was dropped.</param>
/// <param name="PeakMb">Highest resident memory, in megabytes.</param>
internal sealed record ServiceFigures(string Name, double CpuSeconds, long Requests, double? LogBytes, double PeakMb);

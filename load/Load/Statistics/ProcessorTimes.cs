namespace PyAirtable.Load.Statistics;

/// <summary>Processor seconds so far; NaN for processes that run elsewhere.</summary>
internal readonly record struct ProcessorTimes(double Generator, double Servers, double Upstream)
{
    /// <summary>What was spent between two looks.</summary>
    public static ProcessorTimes operator -(ProcessorTimes now, ProcessorTimes before) =>
        new(now.Generator - before.Generator, now.Servers - before.Servers, now.Upstream - before.Upstream);
}

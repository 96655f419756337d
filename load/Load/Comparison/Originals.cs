namespace PyAirtable.Load.Comparison;

/// <summary>What the original three Python services took, measured once on another such machine.</summary>
internal static class Originals
{
    /// <summary>The slowest start to the first 200.</summary>
    public const double StartMilliseconds = 765;

    /// <summary>Resident memory of all three, idle.</summary>
    public const double IdleMegabytes = 234;

    /// <summary>Resident memory of all three at its peak.</summary>
    public const double PeakMegabytes = 286;
}

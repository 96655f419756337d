namespace PyAirtable.Load.Thresholds;

/// <summary>A threshold and what was measured.</summary>
/// <param name="Threshold">What it must be.</param>
/// <param name="Measured">What it is.</param>
/// <param name="Passes">Whether it is.</param>
internal sealed record Verdict(Threshold Threshold, double Measured, bool Passes)
{
    /// <summary>The verdict in words.</summary>
    public string Text => Passes ? "pass" : "fall short";
}

namespace PyAirtable.Cost.Model;

/// <summary>What a plan said that a stack costs; it gave no arithmetic.</summary>
internal sealed record Plan(string Name, double Usd)
{
    /// <summary>Both that were made.</summary>
    public static readonly Plan[] All = [new("Python, as the plan says", 420), new("Go hybrid, as planned", 290)];
}

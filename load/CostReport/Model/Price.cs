namespace PyAirtable.Cost.Model;

/// <summary>One price, and who says so.</summary>
internal sealed record Price(double Usd, string Source);

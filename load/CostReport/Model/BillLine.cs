namespace PyAirtable.Cost.Model;

/// <summary>A line of a bill.</summary>
/// <param name="Name">What is paid for.</param>
/// <param name="Arithmetic">How the amount comes about.</param>
/// <param name="Usd">Dollars a month.</param>
internal sealed record BillLine(string Name, string Arithmetic, double Usd);

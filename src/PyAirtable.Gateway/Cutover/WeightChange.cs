namespace PyAirtable.Gateway.Cutover;

/// <summary>A change of a weight, as the admin answer tells it.</summary>
/// <param name="At">When.</param>
/// <param name="Group">Of which group.</param>
/// <param name="From">The weight of before.</param>
/// <param name="To">The weight since.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why; null where nobody said.</param>
internal sealed record WeightChange(DateTimeOffset At, string Group, int From, int To, WeightSource By, string? Reason);

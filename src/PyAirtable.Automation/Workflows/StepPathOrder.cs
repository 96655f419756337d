namespace PyAirtable.Automation.Workflows;

/// <summary>Paths of steps in the order of their numbers: <c>2</c>, <c>3</c>, <c>3.1</c>, <c>3.10</c>, <c>4</c>.</summary>
internal sealed class StepPathOrder : IComparer<string>
{
    public static readonly StepPathOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x!.Split('.'), y!.Split('.'));
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            // Numbers have no leading zeros: the longer one is larger.
            var order = left[i].Length != right[i].Length ? left[i].Length - right[i].Length : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }
        return left.Length - right.Length;
    }
}

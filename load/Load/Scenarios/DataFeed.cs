namespace PyAirtable.Load.Scenarios;

/// <summary>Data that iterations take from.</summary>
internal sealed class DataFeed<T>
{
    private readonly IReadOnlyList<T> _items;
    private readonly Func<int> _choose;

    private DataFeed(IReadOnlyList<T> items, Func<int> choose) => (_items, _choose) = (items, choose);

    /// <summary>The next item.</summary>
    public T GetNextItem() => _items[_choose()];

    /// <summary>One after the other, over and over.</summary>
    public static DataFeed<T> Circular(IReadOnlyList<T> items)
    {
        var next = -1;
        return new(items, () => next = (next + 1) % items.Count);
    }

    /// <summary>Any.</summary>
    public static DataFeed<T> Random(IReadOnlyList<T> items, Random random) => new(items, () => random.Next(items.Count));
}

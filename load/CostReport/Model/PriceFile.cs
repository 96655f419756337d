namespace PyAirtable.Cost.Model;

/// <summary>What a provider asks, in US dollars for the unit that the name ends in.</summary>
/// <param name="Region">Where.</param>
/// <param name="Date">When it was looked up.</param>
/// <param name="Prices">By name, such as <c>alb_hour</c>.</param>
internal sealed record PriceFile(string Region, string Date, Dictionary<string, Price> Prices)
{
    /// <summary>The price of that name.</summary>
    /// <exception cref="InputException">The file has none.</exception>
    public double Of(string name) => Prices.TryGetValue(name, out var price) ? price.Usd : throw new InputException($"the price file has no \"{name}\"");
}

namespace PyAirtable.AllInOne;

/// <summary>How the banner speaks of the API key.</summary>
/// <param name="Text">What it says of it: the key itself only when it was made just now, else where it is.</param>
/// <param name="Shell">Shell text that stands for the key in a command to try.</param>
internal sealed record BannerKey(string Text, string Shell);

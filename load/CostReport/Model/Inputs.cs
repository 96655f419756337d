namespace PyAirtable.Cost.Model;

/// <summary>All that an answer depends on.</summary>
internal sealed record Inputs(PriceFile Prices, Profile Profile, MeasuredRun Run)
{
    /// <summary>Reads the three files.</summary>
    /// <exception cref="InputException">One is missing or malformed.</exception>
    public static Inputs Read(string prices, string profile, string run) => new(
        InputFile.Read(prices, InputJson.Default.PriceFile), InputFile.Read(profile, InputJson.Default.Profile), InputFile.Read(run, InputJson.Default.MeasuredRun));
}

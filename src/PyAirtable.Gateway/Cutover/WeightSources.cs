namespace PyAirtable.Gateway.Cutover;

/// <summary>Who sets weights, by name.</summary>
internal static class WeightSources
{
    /// <summary><c>settings</c>, <c>admin</c> or <c>guard</c>.</summary>
    public static string NameOf(WeightSource source) => source switch
    {
        WeightSource.Guard => "guard",
        WeightSource.Admin => "admin",
        _ => "settings",
    };
}

namespace PyAirtable.Hosting.Metrics;

/// <summary>The methods that are told apart; whatever else a client sends is <c>OTHER</c>.</summary>
internal static class MethodLabel
{
    private static readonly string[] Names = ["OTHER", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

    /// <summary>The number of a method.</summary>
    public static int Of(string method) => method switch
    {
        "GET" => 1,
        "POST" => 2,
        "PUT" => 3,
        "PATCH" => 4,
        "DELETE" => 5,
        "HEAD" => 6,
        "OPTIONS" => 7,
        "TRACE" => 8,
        "CONNECT" => 9,
        _ => 0,
    };

    /// <summary>The label of a number.</summary>
    public static string Name(int method) => Names[method];
}

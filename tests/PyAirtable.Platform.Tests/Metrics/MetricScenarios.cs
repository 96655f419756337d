namespace PyAirtable.Platform.Tests.Metrics;

/// <summary>Requests that are refused, and in which order of checks (platform contract 0.4, 0.7, 1.7, D-16, D-20).</summary>
internal static class MetricScenarios
{
    private const string NoKey = """{"detail":"API key required"}""";
    private const string None = "X-API-Key: ";
    private const string NotFinite = """{"detail":[{"type":"finite_number","loc":["body","metric_value"],"msg":"Input should be a finite number","input":$}]}""";

    public static readonly Scenario[] All =
    [
        new("the key is asked for", "POST /analytics/metrics", "{}", None, 401, NoKey),
        new("the batch asks for the key", "POST /analytics/metrics/batch", "{}", None, 401, NoKey),
        new("bad JSON beats a missing key", "POST /analytics/metrics/batch", "[", None, 422, """{"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting value"}}]}"""),
        new("both members missing", "POST /analytics/metrics", "{}", "", 422, """{"detail":[{"type":"missing","loc":["body","metric_name"],"msg":"Field required","input":{}},{"type":"missing","loc":["body","metric_value"],"msg":"Field required","input":{}}]}"""),
        new("null type", "POST /analytics/metrics", """{"metric_name":"a","metric_value":1,"metric_type":null}""", "", 422, """{"detail":[{"type":"string_type","loc":["body","metric_type"],"msg":"Input should be a valid string","input":null}]}"""),
        new("not a number", "POST /analytics/metrics", """{"metric_name":"a","metric_value":"nan"}""", "", 422, NotFinite.Replace("$", "\"nan\"", StringComparison.Ordinal)),
        new("infinite", "POST /analytics/metrics", """{"metric_name":"a","metric_value":"-Infinity"}""", "", 422, NotFinite.Replace("$", "\"-Infinity\"", StringComparison.Ordinal)),
        new("beyond a double", "POST /analytics/metrics", """{"metric_name":"a","metric_value":1e400}""", "", 422, NotFinite.Replace("$", "1e400", StringComparison.Ordinal)),
        new("no number", "POST /analytics/metrics", """{"metric_name":"a","metric_value":"x"}""", "", 422, """{"detail":[{"type":"float_parsing","loc":["body","metric_value"],"msg":"Input should be a valid number, unable to parse string as a number","input":"x"}]}"""),
        new("null number", "POST /analytics/metrics", """{"metric_name":"a","metric_value":null}""", "", 422, """{"detail":[{"type":"float_type","loc":["body","metric_value"],"msg":"Input should be a valid number","input":null}]}"""),
        Long("metric_name", 100),
        Long("metric_type", 50),
        Long("service_name", 100),
        Long("endpoint", 255),
        new("labels are no object", "POST /analytics/metrics", """{"metric_name":"a","metric_value":1,"labels":"x"}""", "", 422, """{"detail":[{"type":"dict_type","loc":["body","labels"],"msg":"Input should be a valid dictionary","input":"x"}]}"""),
        new("no metrics", "POST /analytics/metrics/batch", "{}", "", 422, """{"detail":[{"type":"missing","loc":["body","metrics"],"msg":"Field required","input":{}}]}"""),
        new("metrics are null", "POST /analytics/metrics/batch", """{"metrics":null}""", "", 422, """{"detail":[{"type":"list_type","loc":["body","metrics"],"msg":"Input should be a valid list","input":null}]}"""),
        new("an empty batch", "POST /analytics/metrics/batch", """{"metrics":[]}""", "", 200, """{"message":"Created 0 metrics successfully"}"""),
        new("a batch of one", "POST /analytics/metrics/batch", """{"metrics":[{"metric_name":"one","metric_value":1}]}""", "", 200, """{"message":"Created 1 metrics successfully"}"""),
    ];

    private static Scenario Long(string member, int limit)
    {
        var text = new string('x', limit + 1);
        var others = member == "metric_name" ? "\"metric_value\":1" : "\"metric_name\":\"a\",\"metric_value\":1";
        return new(
            member + " too long",
            "POST /analytics/metrics",
            $$"""{{{others}},"{{member}}":"{{text}}"}""",
            "",
            422,
            $$$"""{"detail":[{"type":"string_too_long","loc":["body","{{{member}}}"],"msg":"String should have at most {{{limit}}} characters","input":"{{{text}}}","ctx":{"max_length":{{{limit}}}}}]}""");
    }
}

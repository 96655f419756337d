namespace PyAirtable.Platform.Tests.Events;

/// <summary>Requests that are refused, and in which order of checks (platform contract 0.4, 0.7, 1.6, D-16).</summary>
internal static class EventScenarios
{
    private const string BadJson = """{"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]}""";
    private const string NoBody = """{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}""";
    private const string NoKey = """{"detail":"API key required"}""";
    private const string WrongKey = """{"detail":"Invalid API key"}""";
    private const string None = "X-API-Key: ";
    private const string Wrong = "X-API-Key: wrong";

    private static readonly string Long = new('n', 101);
    private static readonly string LongSession = new('s', 256);

    public static readonly Scenario[] All =
    [
        new("bad JSON beats a wrong key", "POST /analytics/events", "{bad", Wrong, 422, BadJson),
        new("a missing key beats a schema error", "POST /analytics/events", "{}", None, 401, NoKey),
        new("a wrong key beats a schema error", "POST /analytics/events", "{}", Wrong, 401, WrongKey),
        new("the legacy path asks for the key", "POST /events", """{"event_type":"a"}""", None, 401, NoKey),
        new("the batch asks for the key", "POST /analytics/events/batch", "{}", None, 401, NoKey),
        new("a wrong method", "DELETE /events", null, None, 405, """{"detail":"Method Not Allowed"}"""),
        new("no body", "POST /analytics/events", null, "", 422, NoBody),
        new("null body", "POST /events", "null", "", 422, NoBody),
        new("no object", "POST /analytics/events", "[1]", "", 422, """{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[1]}]}"""),
        new("no type", "POST /analytics/events", """{"user_id":1}""", "", 422, """{"detail":[{"type":"missing","loc":["body","event_type"],"msg":"Field required","input":{"user_id":1}}]}"""),
        new("null type", "POST /analytics/events", """{"event_type":null}""", "", 422, """{"detail":[{"type":"string_type","loc":["body","event_type"],"msg":"Input should be a valid string","input":null}]}"""),
        new("type too long", "POST /analytics/events", $$"""{"event_type":"{{Long}}"}""", "", 422, $$$"""{"detail":[{"type":"string_too_long","loc":["body","event_type"],"msg":"String should have at most 100 characters","input":"{{{Long}}}","ctx":{"max_length":100}}]}"""),
        new("type with NUL", "POST /analytics/events", """{"event_type":"a\u0000"}""", "", 422, """{"detail":[{"type":"value_error","loc":["body","event_type"],"msg":"Value error, NUL characters are not allowed","input":"a\u0000","ctx":{"error":{}}}]}"""),
        new("session too long", "POST /analytics/events", $$"""{"event_type":"a","session_id":"{{LongSession}}"}""", "", 422, $$$"""{"detail":[{"type":"string_too_long","loc":["body","session_id"],"msg":"String should have at most 255 characters","input":"{{{LongSession}}}","ctx":{"max_length":255}}]}"""),
        new("data is no object", "POST /analytics/events", """{"event_type":"a","event_data":[1]}""", "", 422, """{"detail":[{"type":"dict_type","loc":["body","event_data"],"msg":"Input should be a valid dictionary","input":[1]}]}"""),
        new("user beyond 32 bits", "POST /analytics/events", """{"event_type":"a","user_id":2147483648}""", "", 422, """{"detail":[{"type":"less_than_equal","loc":["body","user_id"],"msg":"Input should be less than or equal to 2147483647","input":2147483648,"ctx":{"le":2147483647}}]}"""),
        new("all faults in the order of the members", "POST /analytics/events", """{"session_id":1,"user_id":"x","event_data":2,"event_type":3}""", "", 422, """{"detail":[{"type":"string_type","loc":["body","event_type"],"msg":"Input should be a valid string","input":3},{"type":"dict_type","loc":["body","event_data"],"msg":"Input should be a valid dictionary","input":2},{"type":"int_parsing","loc":["body","user_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},{"type":"string_type","loc":["body","session_id"],"msg":"Input should be a valid string","input":1}]}"""),
        new("no events", "POST /analytics/events/batch", "{}", "", 422, """{"detail":[{"type":"missing","loc":["body","events"],"msg":"Field required","input":{}}]}"""),
        new("events are no list", "POST /analytics/events/batch", """{"events":{}}""", "", 422, """{"detail":[{"type":"list_type","loc":["body","events"],"msg":"Input should be a valid list","input":{}}]}"""),
        new("one bad event", "POST /analytics/events/batch", """{"events":[{"event_type":"bad-batch"},{},7]}""", "", 422, """{"detail":[{"type":"missing","loc":["body","events",1,"event_type"],"msg":"Field required","input":{}},{"type":"model_attributes_type","loc":["body","events",2],"msg":"Input should be a valid dictionary or object to extract fields from","input":7}]}"""),
        new("an empty batch", "POST /analytics/events/batch", """{"events":[]}""", "", 200, """{"message":"Created 0 events successfully"}"""),
    ];
}

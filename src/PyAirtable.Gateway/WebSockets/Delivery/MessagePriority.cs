namespace PyAirtable.Gateway.WebSockets.Delivery;

/// <summary>Which types of message leave a queue first (gateway contract 2.7).</summary>
internal static class MessagePriority
{
    /// <summary>The priority of a type; higher goes first.</summary>
    public static int Of(string type) => type switch
    {
        "system_status" => 10,
        "error" => 9,
        "cost_update" => 8,
        "tool_progress" => 7,
        "chat_stream" => 5,
        _ => 1,
    };
}

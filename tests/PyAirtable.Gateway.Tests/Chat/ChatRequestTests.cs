using System.Text;
using PyAirtable.Gateway.Chat;

namespace PyAirtable.Gateway.Tests.Chat;

public sealed class ChatRequestTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    // body; what the upstream gets; the session whose WebSocket sees the answer
    [Theory]
    [InlineData("{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"List tables\"}],\"session_id\":\"user123\",\"base_id\":\"appXXXXXXXXXXXXXX\",\"thinking_budget\":5}",
        "{\"message\":\"List tables\",\"session_id\":\"user123\",\"base_id\":\"appXXXXXXXXXXXXXX\",\"thinking_budget\":5}", null)]
    [InlineData("{ \"z\" : 1.50, " + Hi + ", \"a\" : { \"b\" : [ 1, null ] } }", "{\"message\":\"hi\",\"z\":1.50,\"a\":{\"b\":[1,null]}}", null)]
    [InlineData("{" + Hi + "}", "{\"message\":\"hi\"}", null)]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"},{\"role\":\"assistant\",\"content\":\"c\"}]}", "{\"message\":\"b\"}", null)]
    [InlineData("{\"messages\":[7,\"x\",null,{\"role\":\"user\",\"content\":\"b\"}]}", "{\"message\":\"b\"}", null)]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"\"},{\"content\":\"b\",\"role\":\"user\"}]}", "{\"message\":\"b\"}", null)]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"é\"}]}]}", "{\"message\":[{\"type\":\"text\",\"text\":\"é\"}]}", null)]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":12345678901234567890123}]}", "{\"message\":12345678901234567890123}", null)]
    [InlineData("{\"x\":1,\"message\":\"mine\"," + Hi + "}", "{\"message\":\"mine\",\"x\":1}", null)]
    [InlineData("{" + Hi + ",\"message\":null}", "{\"message\":null}", null)]
    [InlineData("{\"messages\":0,\"a\":1," + Hi + ",\"a\":2}", "{\"message\":\"hi\",\"a\":2}", null)]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"role\":\"user\",\"content\":\"y\"}]}", "{\"message\":\"y\"}", null)]
    [InlineData("{\"\\u006dessages\":[{\"r\\u006fle\":\"us\\u0065r\",\"content\":\"\\u0068i\\/\"}]}", "{\"message\":\"hi/\"}", null)]
    [InlineData("{" + Hi + ",\"stream\":true}", "{\"message\":\"hi\",\"stream\":true}", null)]
    [InlineData("{" + Hi + ",\"stream\":true,\"session_id\":\"\"}", "{\"message\":\"hi\",\"stream\":true,\"session_id\":\"\"}", null)]
    [InlineData("{" + Hi + ",\"stream\":0,\"session_id\":\"s\"}", "{\"message\":\"hi\",\"stream\":0,\"session_id\":\"s\"}", null)]
    [InlineData("{\"stream\":1," + Hi + ",\"session_id\":\"s\"}", "{\"message\":\"hi\",\"stream\":true,\"session_id\":\"s\"}", "\"s\"")]
    [InlineData("{\"session_id\":\"s\\n\",\"stream\":\"no\",\"a\":1," + Hi + "}", "{\"message\":\"hi\",\"session_id\":\"s\\n\",\"stream\":true,\"a\":1}", "\"s\\n\"")]
    [InlineData("{\"session_id\":7,\"stream\":[0]," + Hi + "}", "{\"message\":\"hi\",\"session_id\":7,\"stream\":true}", "7")]
    public void Read_RightBody_IsMadeIntoTheUpstreams(string text, string body, string? session)
    {
        Assert.Null(ChatRequest.Read(Encoding.UTF8.GetBytes(text), out var request));
        Assert.Equal(body, Encoding.UTF8.GetString(request.Body.Span));
        Assert.Equal(session, request.Session is { } json ? Encoding.UTF8.GetString(json.Span) : null);
    }
}

using System.Text;
using PyAirtable.Mcp.Protocol;

namespace PyAirtable.Mcp.Tests.Protocol;

public sealed class DirectCallTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get_records","arguments":{"a":1}}}""", "7")]
    [InlineData(""" { "params" : {"arguments":{},"name":"get_records"}, "method":"tools\/call" , "id":"tools/call","jsonrpc":"2.0"} """, "\"tools/call\"")]
    [InlineData("""{"jsonrpc":"2.0","id":"a\u0062","method":"tools/call","params":{"name":"get_records"}}""", "\"a\\u0062\"")]
    public void TryRead_PlainCall_IsRead(string message, string id)
    {
        var call = DirectCall.TryRead(Encoding.UTF8.GetBytes(message));

        Assert.Equal(("get_records", id), (call!.Tool, Encoding.UTF8.GetString(call.RawId)));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"name":"tools/call"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"a","arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"tools/call","params":{"name":"a","arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"a","arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{}}}""")]
    [InlineData("""{"id":1,"method":"tools/call","params":{"name":"a","arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":1,"arguments":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":[]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{},"_meta":{"progressToken":1}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{},"task":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"b":"\ud800"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{}},"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{}}""")]
    [InlineData("""["tools/call"]""")]
    [InlineData("\"tools/call\"")]
    [InlineData("")]
    public void TryRead_AnotherMessage_IsLeftToTheLibrary(string message) => Assert.Null(DirectCall.TryRead(Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void TryRead_NoUtf8_IsLeftToTheLibrary() =>
        Assert.Null(DirectCall.TryRead([.. """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"""u8, 0xff, .. "\"}}"u8]));
}

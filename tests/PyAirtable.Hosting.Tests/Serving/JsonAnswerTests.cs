using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Tests.Serving;

public sealed class JsonAnswerTests
{
    [Fact]
    public async Task Write_LargeAndSmallOnes_AreEachWhole()
    {
        foreach (var length in (int[])[1, 100_000, 3, 10_000, 0])
        {
            var text = new string('x', length);
            Assert.Equal((200, $$"""{"text":"{{text}}"}"""), await AnswerAsync(http => JsonAnswer.WriteAsync(http, 200, text, static (json, sent) => json.WriteString("text"u8, sent))));
        }
    }

    [Fact]
    public async Task Write_OneThatFails_LeavesNothingToTheNext()
    {
        await Assert.ThrowsAsync<FormatException>(() => AnswerAsync(static http => JsonAnswer.WriteAsync(http, 200, 0, static (json, _) =>
        {
            json.WriteString("half"u8, "of it");
            throw new FormatException();
        })));

        Assert.Equal((201, """{"n":1}"""), await AnswerAsync(static http => JsonAnswer.WriteAsync(http, 201, 1, static (json, n) => json.WriteNumber("n"u8, n))));
    }

    [Fact]
    public async Task Write_WhileAnotherIsWritten_AreApart()
    {
        var inner = (0, "");
        var outer = await AnswerAsync(http => JsonAnswer.WriteAsync(http, 200, 0, (json, _) =>
        {
            inner = AnswerAsync(static other => JsonAnswer.WriteAsync(other, 200, 0, static (json, _) => json.WriteBoolean("inner"u8, true))).Result;
            json.WriteBoolean("outer"u8, true);
        }));

        Assert.Equal(((200, """{"inner":true}"""), (200, """{"outer":true}""")), (inner, outer));
    }

    private static async Task<(int Status, string Body)> AnswerAsync(Func<HttpContext, Task> write)
    {
        var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await write(http);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}

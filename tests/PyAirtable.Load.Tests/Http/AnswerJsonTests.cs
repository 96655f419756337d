using System.Text;
using PyAirtable.Load.Http;

namespace PyAirtable.Load.Tests.Http;

public sealed class AnswerJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"file":{"id":42,"name":"x"}}""", "id", "42")]
    [InlineData("""{"token":"t\"1","id":2}""", "token", "t\"1")]
    [InlineData("""{"a":1}""", "id", null)]
    [InlineData("not json", "id", null)]
    [InlineData("""{"id":null}""", "id", null)]
    public void Text_Member_IsTheFirstOfThatName(string body, string member, string? expected) =>
        Assert.Equal(expected, AnswerJson.Text(new HttpAnswer(200, Encoding.UTF8.GetBytes(body), null), member));

    [Fact]
    public void Need_NoAnswer_SaysWhy() =>
        Assert.Contains("refused", Assert.Throws<InvalidOperationException>(() => AnswerJson.Need(HttpAnswer.Failed("refused"), "id")).Message, StringComparison.Ordinal);
}

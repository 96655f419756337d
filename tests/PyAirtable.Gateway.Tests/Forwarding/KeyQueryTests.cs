using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Tests.Forwarding;

public sealed class KeyQueryTests
{
    [Theory]
    [InlineData("", null, "")]
    [InlineData("?", null, "?")]
    [InlineData("?a=1&b", null, "?a=1&b")]
    [InlineData("?api_key=k", "k", "")]
    [InlineData("?api_key", "", "")]
    [InlineData("?a=1&api_key=k&b=2", "k", "?a=1&b=2")]
    [InlineData("?api_key=k&api_key=l&a=&&b", "k", "?a=&&b")]
    [InlineData("?a=api_key=k", null, "?a=api_key=k")]
    [InlineData("?api%5fkey=a%2bb+c", "a+b c", "")]
    [InlineData("?xapi_key=k", null, "?xapi_key=k")]
    public void Query_WithOrWithoutKey_IsReadAndStripped(string query, string? key, string stripped)
    {
        Assert.Equal(key, KeyQuery.Find(query));
        Assert.Equal(stripped, KeyQuery.Strip(query));
    }
}

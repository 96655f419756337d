using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Tests.Requests;

namespace PyAirtable.Hosting.Tests.Security;

public sealed class ApiKeysTests
{
    [Theory]
    [InlineData(null, ApiKeyCheck.Missing)]
    [InlineData("", ApiKeyCheck.Missing)]
    [InlineData("right", ApiKeyCheck.Right)]
    [InlineData("second-key", ApiKeyCheck.Right)]
    [InlineData("Right", ApiKeyCheck.Wrong)]
    [InlineData("righ", ApiKeyCheck.Wrong)]
    [InlineData("right\0", ApiKeyCheck.Wrong)]
    [InlineData("right ", ApiKeyCheck.Wrong)]
    [InlineData("rightéé", ApiKeyCheck.Wrong)]
    [InlineData("é", ApiKeyCheck.Wrong)]
    [InlineData("schlüssel", ApiKeyCheck.Wrong)]
    public void Check_AnyKey_IsJudged(string? presented, ApiKeyCheck expected) =>
        Assert.Equal(expected, new ApiKeys("right", "second-key", "", "schlüssel").Check(presented));

    [Fact]
    public void Check_LongKeys_AreJudged()
    {
        var key = new string('k', 1000);
        var keys = new ApiKeys(key, "short");
        Assert.Equal(ApiKeyCheck.Right, keys.Check(key));
        Assert.Equal(ApiKeyCheck.Right, keys.Check("short"));
        Assert.Equal(ApiKeyCheck.Wrong, keys.Check(key + "k"));
        Assert.Equal(ApiKeyCheck.Wrong, keys.Check(new string('k', 1_000_000)));
        Assert.Equal(ApiKeyCheck.Wrong, new ApiKeys("short").Check(key));
    }

    [Theory]
    [InlineData("first", 0)]
    [InlineData("second-key", 1)]
    [InlineData("third", 2)]
    [InlineData("fourth", -1)]
    [InlineData("thirdé", -1)]
    public void Find_AnyKey_SaysWhich(string presented, int expected) =>
        Assert.Equal(expected, new ApiKeys("first", "second-key", "third").Find(presented));

    [Fact]
    public void Check_NoKeysKnown_IsWrong() => Assert.Equal(ApiKeyCheck.Wrong, new ApiKeys("").Check("x"));

    [Fact]
    public void Check_HeaderTwice_TakesTheFirst()
    {
        var keys = new ApiKeys("right");
        Assert.Equal(ApiKeyCheck.Right, keys.Check(new Exchange().With("x-api-key", "right").With("X-API-Key", "wrong").Http.Request));
        Assert.Equal(ApiKeyCheck.Wrong, keys.Check(new Exchange().With("X-API-Key", "wrong").With("X-API-Key", "right").Http.Request));
        Assert.Equal(ApiKeyCheck.Missing, keys.Check(new Exchange().Http.Request));
    }

    [Fact]
    public void Check_AsciiKey_AllocatesNothing()
    {
        var keys = new ApiKeys("right", "second-key");
        keys.Check("wrong");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            keys.Check("second-key");
            keys.Check("wrong");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

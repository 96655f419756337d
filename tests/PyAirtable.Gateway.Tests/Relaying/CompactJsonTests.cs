using System.Text;
using PyAirtable.Gateway.Relaying;

namespace PyAirtable.Gateway.Tests.Relaying;

public sealed class CompactJsonTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("null", false)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData("-0", false)]
    [InlineData("0.000", false)]
    [InlineData("0e5", false)]
    [InlineData("-0.0E-10", false)]
    [InlineData("1e-400", false)]
    [InlineData("1", true)]
    [InlineData("-1", true)]
    [InlineData("0.001", true)]
    [InlineData("1e400", true)]
    [InlineData("100000000000000000000000000000000000000000", true)]
    [InlineData("\"\"", false)]
    [InlineData("\" \"", true)]
    [InlineData("\"0\"", true)]
    [InlineData("[]", false)]
    [InlineData("[0]", true)]
    [InlineData("{}", false)]
    [InlineData("{\"a\":0}", true)]
    public void IsTruthy_Value_IsAsInPython(string json, bool expected) => Assert.Equal(expected, CompactJson.IsTruthy(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("\"a é\"", "a é")]
    [InlineData("\"a\\n\\\"\"", "a\n\"")]
    [InlineData("12", "12")]
    public void TextOf_Value_IsItsText(string json, string expected) => Assert.Equal(expected, CompactJson.TextOf(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Members_OfAnObject_AreFoundInOrder()
    {
        var json = "{\"a\":{\"x\":[\"]}\"],\"y\":\"\\\\\"},\"b\\\"\":\"}\",\"c\":[[],{}],\"d\":-1.5e3,\"\":null}"u8;
        var found = new List<string>();
        var members = new JsonMembers(json);
        while (members.Next())
        {
            Assert.True(json[members.ValueStart..].StartsWith(members.Value));
            found.Add($"{Encoding.UTF8.GetString(members.Name)}={Encoding.UTF8.GetString(members.Value)}");
        }

        Assert.Equal(["a={\"x\":[\"]}\"],\"y\":\"\\\\\"}", "b\\\"=\"}\"", "c=[[],{}]", "d=-1.5e3", "=null"], found);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("[1]", "1")]
    [InlineData("[{\"a\":[1,2]},\",]\",[],true,0]", "{\"a\":[1,2]}|\",]\"|[]|true|0")]
    public void Elements_OfAnArray_AreFoundInOrder(string json, string expected)
    {
        var found = new List<string>();
        var elements = new JsonElements(Encoding.UTF8.GetBytes(json));
        while (elements.Next())
        {
            found.Add(Encoding.UTF8.GetString(elements.Value));
        }

        Assert.Equal(expected, string.Join('|', found));
    }
}

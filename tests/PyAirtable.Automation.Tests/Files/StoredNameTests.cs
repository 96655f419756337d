using PyAirtable.Automation.Files;

namespace PyAirtable.Automation.Tests.Files;

public sealed class StoredNameTests
{
    [Theory]
    [InlineData("0d9e3a5c-4a3b-4b1e-9d0f-0a1b2c3d4e5f.pdf", true)]
    [InlineData("0d9e3a5c-4a3b-4b1e-9d0f-0a1b2c3d4e5f", true)]
    [InlineData("part-0d9e3a5c-4a3b-4b1e-9d0f-0a1b2c3d4e5f.pdf", false)]
    [InlineData("other/0d9e3a5c-4a3b-4b1e-9d0f-0a1b2c3d4e5f.pdf", false)]
    [InlineData("README.txt", false)]
    [InlineData("", false)]
    public void IsOne_Name_OnlyOfOurForm(string name, bool expected) => Assert.Equal(expected, StoredName.IsOne(name));

    [Fact]
    public void New_Extension_IsOneAndEndsSo()
    {
        var name = StoredName.New(".TXT");

        Assert.True(StoredName.IsOne(name));
        Assert.EndsWith(".TXT", name, StringComparison.Ordinal);
        Assert.NotEqual(name, StoredName.New(".TXT"));
    }
}

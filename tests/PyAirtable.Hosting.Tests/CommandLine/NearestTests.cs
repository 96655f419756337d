using PyAirtable.Hosting.CommandLine;

namespace PyAirtable.Hosting.Tests.CommandLine;

public sealed class NearestTests
{
    private static readonly string[] Verbs = ["serve", "healthcheck", "config check", "config show", "migrate", "--version", "--help"];

    [Theory]
    [InlineData("server", "serve")]
    [InlineData("SERVE", "serve")]
    [InlineData("health-check", "healthcheck")]
    [InlineData("config", "config show")]
    [InlineData("config chekc", "config check")]
    [InlineData("migrations", "migrate")]
    [InlineData("--versoin", "--version")]
    public void Find_Mistyped_GivesTheRightOne(string word, string expected) => Assert.Equal(expected, Nearest.Find(word, Verbs));

    [Fact]
    public void Find_Unlike_GivesNone() => Assert.Null(Nearest.Find("xyzzyplugh-xyzzy", Verbs));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("same", "same", 0)]
    public void Distance_TwoWords_CountsEdits(string a, string b, int expected) => Assert.Equal(expected, Nearest.Distance(a, b));
}

using PyAirtable.Load.Commands;

namespace PyAirtable.Load.Tests.Commands;

public sealed class ArgumentsTests
{
    [Fact]
    public void Read_AllOptions_AreTaken()
    {
        var read = Arguments.Read(["gateway", "--rate", "1500.5", "--hours", "0.5", "--services", "--postgres", "--keep-logs", "--output", "/tmp/x"]);

        Assert.Equal(new Arguments("gateway", 1500.5, TimeSpan.FromMinutes(30), true, true, true, Output: "/tmp/x"), read);
        Assert.Equal("/tmp/x/gateway", read.System("gateway").LogFolder);
    }

    [Fact]
    public void Read_RunningSystem_IsTaken()
    {
        var read = Arguments.Read(["--slo", "--url", "http://there:8000", "--key", "k"]);

        Assert.Equal(("--slo", new Uri("http://there:8000"), "k"), (read.Command, read.Url, read.Key));
    }

    [Theory]
    [InlineData("gateway", "--rate")]
    [InlineData("gateway", "--rate", "fast")]
    [InlineData("gateway", "--seconds", "0")]
    [InlineData("gateway", "--rate", "-5")]
    [InlineData("gateway", "--quick")]
    [InlineData("gateway", "files")]
    [InlineData("gateway", "--url", "nowhere")]
    [InlineData("gateway", "--url", "http://there", "--postgres")]
    public void Read_Mistake_IsToldAsSuch(params string[] words) => Assert.Throws<FormatException>(() => Arguments.Read(words));
}

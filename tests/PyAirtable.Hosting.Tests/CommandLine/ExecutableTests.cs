using PyAirtable.Hosting.CommandLine;

namespace PyAirtable.Hosting.Tests.CommandLine;

public sealed class ExecutableTests
{
    private readonly Executable _executable = new("name", "summary", ManagementPort: 0, (_, _) => throw new InvalidOperationException("settings were read"))
    {
        RunInternal = static args => args is ["internal"] ? 7 : null,
    };

    [Fact]
    public async Task RunAsync_InternalLine_RunsItAndNothingElse() => Assert.Equal(7, await _executable.RunAsync(["internal"]));

    [Theory]
    [InlineData("--version", 0)]
    [InlineData("internal verb", 2)]
    public async Task RunAsync_OtherLine_FindsItsVerb(string line, int code) => Assert.Equal(code, await _executable.RunAsync([line]));
}

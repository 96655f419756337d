namespace PyAirtable.Deploy.Tests.Images;

/// <summary><c>deploy/lint-dockerfile</c> passes our file and finds what breaks its rules.</summary>
public sealed class DockerfileLintTests
{
    private const string Good = """
        ARG SDK=example.org/sdk:1
        ARG RUNTIME=example.org/runtime@sha256:0123
        FROM --platform=${BUILDPLATFORM} ${SDK} AS build
        RUN apt-get update && apt-get install -y --no-install-recommends gcc \
         && rm -rf /var/lib/apt/lists/*
        COPY src src
        FROM ${RUNTIME}
        LABEL title=x
        COPY --from=build /image /
        USER 1654:1654
        WORKDIR /data
        STOPSIGNAL SIGTERM
        HEALTHCHECK CMD ["/app", "healthcheck"]
        ENTRYPOINT ["/app"]

        """;

    [Fact]
    public async Task Lint_OurFile_Passes()
    {
        var (code, output) = await Script.RunAsync("deploy/lint-dockerfile", "Dockerfile.aot");

        Assert.Equal((0, ""), (code, output));
    }

    [Fact]
    public async Task Lint_GoodFile_Passes() => Assert.Equal((0, ""), await LintAsync(Good));

    [Theory]
    [InlineData("runtime@sha256:0123", "runtime", "base")]
    [InlineData("sdk:1", "sdk:latest", "base")]
    [InlineData("FROM ${RUNTIME}", "FROM example.org/runtime:1", "base")]
    [InlineData("--no-install-recommends ", "", "install")]
    [InlineData("apt-get update && ", "", "install")]
    [InlineData("rm -rf /var/lib/apt/lists/*", "true", "install")]
    [InlineData("COPY src src", "ADD https://example.org/x /x", "remote")]
    [InlineData("COPY src src", "RUN curl https://example.org/x", "remote")]
    [InlineData("COPY src src", "ARG API_KEY", "secret")]
    [InlineData("COPY src src", "ENV DATABASE_URL=x", "secret")]
    [InlineData("COPY src src", "COPY . .", "copy")]
    [InlineData("--from=build", "--from=other", "copy")]
    [InlineData("COPY src src", "COPY missing.sh /", "copy")]
    [InlineData("LABEL title=x", "RUN true", "runtime")]
    [InlineData("USER 1654:1654", "USER root", "runtime")]
    [InlineData("USER 1654:1654", "USER 0", "runtime")]
    [InlineData("USER 1654:1654\n", "", "runtime")]
    [InlineData("STOPSIGNAL SIGTERM\n", "", "runtime")]
    [InlineData("WORKDIR /data", "WORKDIR data", "runtime")]
    [InlineData("HEALTHCHECK CMD [\"/app\", \"healthcheck\"]", "HEALTHCHECK CMD /app healthcheck", "runtime")]
    [InlineData("ENTRYPOINT [\"/app\"]", "ENTRYPOINT /app", "runtime")]
    public async Task Lint_BrokenFile_NamesTheRule(string good, string broken, string rule)
    {
        var (code, output) = await LintAsync(Good.Replace(good, broken, StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains($": {rule}: ", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> LintAsync(string text)
    {
        var folder = Directory.CreateTempSubdirectory("dockerfile-");
        try
        {
            var file = Path.Combine(folder.FullName, "Dockerfile");
            await File.WriteAllTextAsync(file, text);
            return await Script.RunAsync("deploy/lint-dockerfile", file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using PyAirtable.Automation.Files.ObjectStorage;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

public sealed class ContainerEndpointTests
{
    [Theory]
    [InlineData("https://credentials.example.com/x", true)]
    [InlineData("http://127.0.0.1:8080/x", true)]
    [InlineData("http://localhost/x", true)]
    [InlineData("http://[::1]/x", true)]
    [InlineData("http://169.254.170.2/v2/credentials/1", true)]
    [InlineData("http://169.254.170.23/v1/credentials", true)]
    [InlineData("http://[fd00:ec2::23]/v1/credentials", true)]
    [InlineData("http://credentials.example.com/x", false)]
    [InlineData("http://169.254.169.254/latest/meta-data", false)]
    [InlineData("http://169.254.170.2.example.com/", false)]
    [InlineData("http://user:password@127.0.0.1/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/v2/credentials", false)]
    public void TryParseFull_Url_OnlyWhereASecretMayTravel(string text, bool expected) => Assert.Equal(expected, ContainerEndpoint.TryParseFull(text, out _));

    [Theory]
    [InlineData("/v2/credentials/1?id=2", "http://169.254.170.2/v2/credentials/1?id=2")]
    [InlineData("@example.com/", null)]
    [InlineData(".example.com/", null)]
    [InlineData("//example.com/", null)]
    [InlineData("", null)]
    public void TryParseRelative_Path_StaysAtTheAgent(string path, string? expected)
    {
        Assert.Equal(expected is not null, ContainerEndpoint.TryParseRelative(path, out var url));
        Assert.Equal(expected, url?.AbsoluteUri);
    }
}

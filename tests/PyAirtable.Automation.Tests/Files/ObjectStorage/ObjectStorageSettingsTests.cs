using PyAirtable.Automation.Files.ObjectStorage;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

public sealed class ObjectStorageSettingsTests
{
    [Fact]
    public void Read_NothingSet_IsTheFolder()
    {
        Assert.Null(Read("", out var errors));
        Assert.Empty(errors);
    }

    [Fact]
    public void Read_BucketAtAmazon_TakesTheFieldsNames()
    {
        var settings = Read("FILE_STORAGE=s3://files/up AWS_DEFAULT_REGION=eu-central-1 AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret AWS_SESSION_TOKEN=token", out var errors)!;

        Assert.Empty(errors);
        Assert.Equal(("https://files.s3.eu-central-1.amazonaws.com/", "up/", "eu-central-1"), (settings.Bucket.Root, settings.Bucket.Prefix, settings.Bucket.Region));
        Assert.Equal(new AccessKeys("id", "secret", "token", DateTimeOffset.MaxValue), settings.Keys);
    }

    [Fact]
    public void Read_OtherEndpoint_NeedsNoRegion()
    {
        var settings = Read("FILE_STORAGE=s3://files AWS_ENDPOINT_URL=http://minio:9000 AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret", out var errors)!;

        Assert.Empty(errors);
        Assert.Equal(("http://minio:9000/files/", "us-east-1"), (settings.Bucket.Root, settings.Bucket.Region));
    }

    [Theory]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/v2/credentials/1", "http://169.254.170.2/v2/credentials/1", "")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://169.254.170.23/v1/credentials AWS_CONTAINER_AUTHORIZATION_TOKEN=token", "http://169.254.170.23/v1/credentials", "token")]
    public void Read_Role_IsAskedForAtTheAgent(string text, string url, string token)
    {
        var settings = Read("FILE_STORAGE=s3://files AWS_REGION=eu-central-1 " + text, out var errors)!;

        Assert.Empty(errors);
        Assert.Equal((url, token), (settings.Container!.Url.AbsoluteUri, settings.Container.Token));
        Assert.Null(settings.Keys);
    }

    [Theory]
    [InlineData("FILE_STORAGE=files", "FILE_STORAGE")]
    [InlineData("FILE_STORAGE=s3://Files", "FILE_STORAGE")]
    [InlineData("FILE_STORAGE=s3://files AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret", "AWS_REGION")]
    [InlineData("FILE_STORAGE=s3://files AWS_REGION=eu/x AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret", "AWS_REGION")]
    [InlineData("FILE_STORAGE=s3://files AWS_REGION=eu-central-1", "AWS_ACCESS_KEY_ID")]
    [InlineData("FILE_STORAGE=s3://files AWS_REGION=eu-central-1 AWS_ACCESS_KEY_ID=id", "AWS_SECRET_ACCESS_KEY")]
    [InlineData("FILE_STORAGE=s3://files AWS_REGION=eu-central-1 AWS_SECRET_ACCESS_KEY=secret", "AWS_ACCESS_KEY_ID")]
    [InlineData("S3_ENDPOINT=minio:9000", "S3_ENDPOINT")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://example.com/", "AWS_CONTAINER_CREDENTIALS_FULL_URI")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=v2", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")]
    public void Read_WrongOrMissing_NamesTheVariable(string text, string name)
    {
        Read(text, out var errors);

        Assert.StartsWith(name, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FilesLargerThanOneRequest_AreRefused()
    {
        var reader = Reader("FILE_STORAGE=s3://files AWS_REGION=eu-central-1 AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret MAX_FILE_SIZE=6GB");
        AutomationSettings.Read(reader, ProcessSettings.Read(new SettingsReader([]), 9006));

        Assert.StartsWith("MAX_FILE_SIZE", Assert.Single(reader.Errors).ToString(), StringComparison.Ordinal);
    }

    private static ObjectStorageSettings? Read(string text, out IReadOnlyList<SettingError> errors)
    {
        var reader = Reader(text);
        var settings = ObjectStorageSettings.Read(reader);
        errors = reader.Errors;
        return settings;
    }

    private static SettingsReader Reader(string text) =>
        new([SettingLayer.Of("test", text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(static pair => pair[..pair.IndexOf('=')], static pair => pair[(pair.IndexOf('=') + 1)..]))]);
}

using PyAirtable.Automation.Files.ObjectStorage;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

public sealed class BucketTests
{
    [Theory]
    [InlineData("s3://files", "files", "")]
    [InlineData("s3://files/", "files", "")]
    [InlineData("s3://my.files-1/a/b c", null, null)]
    [InlineData("s3://my.files-1/env=prod/uploads/", "my.files-1", "env=prod/uploads/")]
    [InlineData("s3://ab", null, null)]
    [InlineData("s3://Files", null, null)]
    [InlineData("s3://-files", null, null)]
    [InlineData("s3://files//a", null, null)]
    [InlineData("s3://files/../a", null, null)]
    [InlineData("s3://files/a\u0001", null, null)]
    [InlineData("https://files", null, null)]
    [InlineData("files", null, null)]
    [InlineData("", null, null)]
    public void TryParse_Text_GivesBucketAndPrefix(string text, string? name, string? prefix)
    {
        Assert.Equal(name is not null, Bucket.TryParse(text, out var bucket));
        Assert.Equal((name, prefix), (bucket?.Name, bucket?.Prefix));
    }

    [Theory]
    [InlineData("s3://files", "eu-central-1", "", "https://files.s3.eu-central-1.amazonaws.com/x.pdf")]
    [InlineData("s3://my.files", "eu-central-1", "", "https://s3.eu-central-1.amazonaws.com/my.files/x.pdf")]
    [InlineData("s3://files", "cn-north-1", "", "https://files.s3.cn-north-1.amazonaws.com.cn/x.pdf")]
    [InlineData("s3://files/a/b", "us-east-1", "http://minio:9000", "http://minio:9000/files/a/b/x.pdf")]
    [InlineData("s3://files/a$=(b)", "us-east-1", "http://minio:9000/s3/", "http://minio:9000/s3/files/a%24%3D%28b%29/x.pdf")]
    public void UrlOf_File_IsWhereItsBucketIs(string text, string region, string endpoint, string expected)
    {
        Assert.True(Bucket.TryParse(text, out var bucket));
        Assert.Equal(expected, bucket.At(region, endpoint).UrlOf("x.pdf").AbsoluteUri);
    }

    [Fact]
    public void ListUrl_Continuation_IsSortedAndEscaped()
    {
        Assert.True(Bucket.TryParse("s3://files/a/b", out var bucket));
        var at = bucket.At("us-east-1", "http://minio:9000");

        Assert.Equal("http://minio:9000/files?delimiter=%2F&list-type=2&prefix=a%2Fb%2F", at.ListUrl(null).AbsoluteUri);
        Assert.Equal("http://minio:9000/files?continuation-token=1%2B%3D%26&delimiter=%2F&list-type=2&prefix=a%2Fb%2F", at.ListUrl("1+=&").AbsoluteUri);
    }
}

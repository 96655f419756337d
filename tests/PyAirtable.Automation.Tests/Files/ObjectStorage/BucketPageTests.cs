using System.Text;
using PyAirtable.Automation.Files.ObjectStorage;

namespace PyAirtable.Automation.Tests.Files.ObjectStorage;

public sealed class BucketPageTests
{
    [Fact]
    public void Read_Page_HasKeysTimesAndContinuation()
    {
        var page = Read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>files</Name><Prefix/><IsTruncated>true</IsTruncated>
              <Contents><Key>a&amp;b.pdf</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Owner><ID>x</ID></Owner><Size>1</Size></Contents>
              <Contents><LastModified>2026-01-02T04:04:05+01:00</LastModified><Key>c.pdf</Key></Contents>
              <CommonPrefixes><Prefix>d/</Prefix></CommonPrefixes><NextContinuationToken>1&#43;=</NextContinuationToken>
            </ListBucketResult>
            """);

        Assert.Equal([("a&b.pdf", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)), ("c.pdf", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc))], page.Objects);
        Assert.Equal("1+=", page.Continuation);
    }

    [Theory]
    [InlineData("<ListBucketResult><IsTruncated>false</IsTruncated><NextContinuationToken>x</NextContinuationToken></ListBucketResult>")]
    [InlineData("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>")]
    [InlineData("<ListBucketResult/>")]
    public void Read_LastPage_HasNoContinuation(string xml) => Assert.Null(Read(xml).Continuation);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key>a")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><ListBucketResult/>")]
    public void Read_NoPage_IsRefused(string xml) => Assert.Throws<InvalidDataException>(() => Read(xml));

    private static BucketPage Read(string xml) => BucketPage.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)));
}

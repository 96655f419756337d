using PyAirtable.Gateway.Compression;

namespace PyAirtable.Gateway.Tests.Compression;

public sealed class AcceptEncodingTests
{
    [Theory]
    [InlineData("gzip, deflate, br", "Brotli")]
    [InlineData("gzip, deflate", "Gzip")]
    [InlineData("deflate", "Deflate")]
    [InlineData("x-gzip", "Gzip")]
    [InlineData("GZIP;Q=0.5", "Gzip")]
    [InlineData("br;q=0.2, gzip;q=0.8", "Gzip")]
    [InlineData("br;q=0, gzip", "Gzip")]
    [InlineData("br;q=1.0,gzip;q=1", "Brotli")]
    [InlineData("*", "Brotli")]
    [InlineData("*;q=0.5, br;q=0", "Gzip")]
    [InlineData("gzip;q=0.5, *", "Brotli")]
    [InlineData("gzip;q=0.5, identity", "Identity")]
    [InlineData("gzip, identity;q=0", "Gzip")]
    [InlineData("*;q=0", "Identity")]
    [InlineData("zstd", "Identity")]
    [InlineData("identity", "Identity")]
    [InlineData("", "Identity")]
    [InlineData(" , ;q=1", "Identity")]
    [InlineData("br;q=many, gzip;q=-1", "Identity")]
    [InlineData("br;level=1", "Identity")]
    public void Choose_ByTheHeader_TakesTheBest(string header, string expected) =>
        Assert.Equal(expected, AcceptEncoding.Choose(header).ToString());

    [Fact]
    public void Choose_SeveralLines_ReadsAll() =>
        Assert.Equal(ContentCoding.Brotli, AcceptEncoding.Choose(new(["gzip", "br"])));

    [Fact]
    public void Choose_UsualHeader_AllocatesNothing()
    {
        Microsoft.Extensions.Primitives.StringValues header = "gzip, deflate;q=0.5, br";
        AcceptEncoding.Choose(header);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            AcceptEncoding.Choose(header);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

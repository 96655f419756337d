using PyAirtable.Automation.TextExtraction.Pdf;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

public sealed class BoundedFlateFilterTests
{
    private static readonly DictionaryToken NoParameters = new(new Dictionary<NameToken, IToken>());

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void Decode_Honest_GivesTheContent(int length)
    {
        // Noise, which cannot be packed, so that the larger one is looked at before.
        var content = new byte[length];
        new Random(1).NextBytes(content);

        Assert.Equal(content, Decode(PdfBuilder.Deflate(content), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Decode_TooMuch_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => Decode(PdfBuilder.Deflate(new byte[65 * 1024 * 1024]), TestContext.Current.CancellationToken));

    [Fact]
    public void Decode_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => Decode(PdfBuilder.Deflate([1]), new CancellationToken(canceled: true)));

    private static byte[] Decode(byte[] packed, CancellationToken cancel) =>
        new BoundedFlateFilter(cancel).Decode(packed, NoParameters, new TextFilters(cancel), 0).ToArray();
}

using System.Buffers;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Tests.Transport;

public sealed class BoundedBodyTests
{
    private const int Most = 100_000;

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(Most, true)]
    [InlineData(Most + 1, false)]
    public async Task Body_OfALength_IsReadAsFarAsItMayBe(int length, bool isRead)
    {
        var sent = Bytes(length);
        foreach (var isKnown in new[] { true, false })
        {
            var into = new ArrayBufferWriter<byte>();

            Assert.Equal(isRead, await BoundedBody.TryReadAsync(Content(sent, isKnown), into, Most, CancellationToken.None));
            Assert.Equal(isRead ? sent : null, await BoundedBody.ReadAsync(Content(sent, isKnown), Most, CancellationToken.None));
            Assert.True(!isRead || into.WrittenSpan.SequenceEqual(sent));
        }
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(3).NextBytes(bytes);
        return bytes;
    }

    private static HttpContent Content(byte[] bytes, bool isKnown) => isKnown ? new ByteArrayContent(bytes) : new EndlessLooking(bytes);

    // Without Content-Length.
    private sealed class EndlessLooking(byte[] bytes) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MemoryStream(bytes));

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

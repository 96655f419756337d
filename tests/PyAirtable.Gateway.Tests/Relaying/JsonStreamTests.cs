using System.Text;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Gateway.Upstreams;

namespace PyAirtable.Gateway.Tests.Relaying;

public sealed class JsonStreamTests
{
    // what comes, and the documents in it with a bar between
    public static TheoryData<string, string> Streams => new()
    {
        { "", "" },
        { " \r\n\n", "" },
        { "{\"a\":1}", "{\"a\":1}" },
        { "{\"a\":1}\n{\"b\":2}\n", "{\"a\":1}|{\"b\":2}" },
        { "{\"a\":1}{\"b\":2} {\"c\":3}", "{\"a\":1}|{\"b\":2}|{\"c\":3}" },
        { "data: {\"a\":1}\n\ndata:{\"b\":2}\r\n\r\ndata: [DONE]\n\n", "{\"a\":1}|{\"b\":2}" },
        { "{\"a\":1}data: {\"b\":2}", "{\"a\":1}|{\"b\":2}" },
        { ": ping\nevent: message\nid: 7\ndata: {\"a\":1}\nretry: 3000\n", "{\"a\":1}" },
        { "{\n  \"a\": [1,\n 2]\n}\n{\"b\":2}", "{\"a\":[1,2]}|{\"b\":2}" },
        { "{\"a\":\"}{\\\"\\\\\"}{\"b\":\"\\\\\"}", "{\"a\":\"}{\\\"\\\\\"}|{\"b\":\"\\\\\"}" },
        { "{\"a\":\"é😀\"}\n", "{\"a\":\"é😀\"}" },
        { "junk{\"a\":1}\nmore junk\n{\"b\":2}", "{\"a\":1}|{\"b\":2}" },
        { "{\"a\":1},{\"b\":2}", "{\"a\":1}|{\"b\":2}" },
        { "{a}{\"b\":2}", "{\"b\":2}" },
        { "{\"a\":\n{\"b\":2}\n", "{\"b\":2}" },
        { "{\"a\n{\"b\":2}\n", "{\"b\":2}" },
        { "{\"a\":1", "" },
        { "{\"a\":1\n{\"b\":2}", "{\"b\":2}" },
        { "{\"a\":\"\\", "" },
        { "{\"a\":NaN}{\"b\":\"\\ud800\"}{\"c\":3}", "{\"c\":3}" },
        { "[1, 2]\n\"x\"\n12\ntrue\nnull", "[1,2]|\"x\"|12|true|null" },
        { "truth\n-\n[1,{\"a\":1}", "{\"a\":1}" },
        { "dat", "" },
        { "data", "" },
        { "data:", "" },
        { "{[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1] {\"a\":1}", "{\"a\":1}" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task ReadAsync_InPiecesOfAnySize_FindsTheSame(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var size = 1; size <= bytes.Length + 1; size++)
        {
            Assert.Equal(expected, string.Join('|', await ReadAllAsync(bytes, size)));
        }
    }

    [Fact]
    public async Task ReadAsync_Object_IsThereBeforeTheNextByte()
    {
        var reads = 0;
        await foreach (var document in JsonStream.ReadAsync(buffer => ++reads == 1 ? Copy("{\"a\":1}"u8, buffer) : throw new InvalidOperationException()))
        {
            Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(document.Span));
            break;
        }
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task ReadAsync_LargeDocument_IsReadToTheLimit()
    {
        var largest = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', JsonCutter.MaxDocumentBytes - 9)}\"}}");

        Assert.Single(await ReadAllAsync(largest, 8000));
        var error = await Assert.ThrowsAsync<UpstreamException>(() => ReadAllAsync([(byte)'{', .. Enumerable.Repeat((byte)' ', JsonCutter.MaxDocumentBytes)], 8000));
        Assert.Equal("Upstream answer is too large", error.Message);
    }

    [Fact]
    public async Task ReadAsync_EndlessStream_IsGivenUp()
    {
        var piece = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 5000)}\"}}\n");
        var at = 0;

        await Assert.ThrowsAsync<UpstreamException>(async () =>
        {
            await foreach (var _ in JsonStream.ReadAsync(buffer =>
            {
                var count = Math.Min(buffer.Length, piece.Length - at);
                var read = Copy(piece.AsSpan(at, count), buffer);
                at = (at + count) % piece.Length;
                return read;
            }))
            {
            }
        });
    }

    [Fact]
    public async Task ReadAsync_Garbage_IsGivenUp()
    {
        var error = await Assert.ThrowsAsync<UpstreamException>(() => ReadAllAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{x}", 2000))), 100));

        Assert.Equal("Upstream answer is not valid JSON", error.Message);
    }

    private static async Task<List<string>> ReadAllAsync(byte[] bytes, int size)
    {
        var at = 0;
        var found = new List<string>();
        await foreach (var document in JsonStream.ReadAsync(buffer =>
        {
            var count = Math.Min(Math.Min(size, buffer.Length), bytes.Length - at);
            at += count;
            return Copy(bytes.AsSpan(at - count, count), buffer);
        }))
        {
            found.Add(Encoding.UTF8.GetString(document.Span));
        }
        return found;
    }

    private static ValueTask<int> Copy(ReadOnlySpan<byte> bytes, Memory<byte> buffer)
    {
        bytes.CopyTo(buffer.Span);
        return ValueTask.FromResult(bytes.Length);
    }
}

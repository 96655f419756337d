using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.RequestSafety;

/// <summary>With a gateway of its own: what these send up on the way would count as what a vector of the table had hidden.</summary>
public sealed class ByteByByteTests(SmugglingFixture fixture) : IClassFixture<SmugglingFixture>
{
    /// <summary>Heads and beginnings of bodies that are wrong by their last byte.</summary>
    public static TheoryData<string> Beginnings =>
    [
        "Content-Length: +3\r\n\r\n",
        "Content-Length: \u000b3\r\n\r\n",
        "Content-Length: 3\0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3;" + new string('a', 4095),
    ];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task Gateway_ByteByByte_IsRefusedAndClosed(string beginning)
    {
        using var client = await WireConnection.ConnectAsync(fixture.Port);

        foreach (var letter in $"POST /api/llm/x HTTP/1.1\r\nHost: x\r\nX-API-Key: {SmugglingVectors.Key}\r\n{beginning}")
        {
            await client.SendAsync(letter.ToString());
        }

        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }
}

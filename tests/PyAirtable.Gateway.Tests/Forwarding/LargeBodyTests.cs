using System.Diagnostics;
using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>Large bodies in bounded memory; alone, so that nobody else's memory is counted.</summary>
[Collection(nameof(LargeBodyTests))]
[CollectionDefinition(nameof(LargeBodyTests), DisableParallelization = true)]
public sealed class LargeBodyTests
{
    private const long Bytes = 256L << 20;
    private const long Bound = 64L << 20;
    private const string Path = "/api/automation/x";

    private static readonly byte[] Block = new byte[256 << 10];
    private static readonly (string, string)[] Settings = [("MAX_FILE_SIZE", "2000000000")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_Large_PassesInBoundedMemory(bool chunked)
    {
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n" + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {Bytes}\r\n\r\n"));
            await SendBodyAsync(connection, chunked);
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, Settings);
        using var client = await WireConnection.ConnectAsync(gateway);
        var memory = new Growth();

        await client.RequestAsync("GET", Path);
        var head = await client.ReadHeadAsync();
        var received = await client.SkipAsync(Bytes, memory.Look);

        Assert.Equal(200, head?.Status);
        Assert.Equal(Bytes, received);
        memory.AssertWithin(Bound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_Large_PassesInBoundedMemory(bool chunked)
    {
        var memory = new Growth();
        long received = 0;
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadHeadAsync();
            received = await connection.SkipAsync(Bytes, memory.Look);
            await connection.SendAsync(FaultyUpstream.Reply("{}", "Connection: close\r\n"));
            await connection.ReadToEndAsync();
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, Settings);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("POST", Path, chunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {Bytes}\r\n");
        await SendBodyAsync(client, chunked);
        var answer = await client.ReadAsync();

        Assert.Equal(200, answer?.Status);
        Assert.Equal(Bytes, received);
        memory.AssertWithin(Bound);
    }

    [Fact]
    public async Task Client_ThatDoesNotRead_HoldsTheUpstreamBack()
    {
        long sent = 0;
        await using var upstream = new FaultyUpstream(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Bytes}\r\n\r\n");
            for (; sent < Bytes; sent += Block.Length)
            {
                await connection.SendAsync(Block);
            }
        });
        await using var gateway = await GatewayHost.StartAsync(upstream.Url, Settings);
        using var client = await WireConnection.ConnectAsync(gateway);

        await client.RequestAsync("GET", Path);
        await client.ReadHeadAsync();
        // Once nothing moves any more, all that was sent lies in the sockets and the gateway.
        for (long before = -1; before != Volatile.Read(ref sent);)
        {
            before = Volatile.Read(ref sent);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.InRange(Volatile.Read(ref sent), 1, Bound);
    }

    private static async Task SendBodyAsync(WireConnection connection, bool chunked)
    {
        for (long sent = 0; sent < Bytes; sent += Block.Length)
        {
            await connection.SendAsync(chunked ? $"{Block.Length:x}\r\n" : "");
            await connection.SendAsync(Block);
            await connection.SendAsync(chunked ? "\r\n" : "");
        }
        await connection.SendAsync(chunked ? "0\r\n\r\n" : "");
    }

    private sealed class Growth
    {
        private const long Step = 8 << 20;

        private readonly long _before = ReadResident();
        private long _most;
        private long _next;

        /// <summary>Notes what the process holds, now and then.</summary>
        public void Look(long passed)
        {
            if (passed >= _next)
            {
                _next += Step;
                _most = Math.Max(_most, ReadResident() - _before);
            }
        }

        public void AssertWithin(long bound) => Assert.InRange(_most, long.MinValue, bound);

        private static long ReadResident()
        {
            using var self = Process.GetCurrentProcess();
            return self.WorkingSet64;
        }
    }
}

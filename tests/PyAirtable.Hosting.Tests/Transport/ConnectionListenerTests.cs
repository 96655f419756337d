using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Tests.Transport;

public sealed class ConnectionListenerTests
{
    [Fact]
    public async Task Accept_Hundreds_TakesEachOnceWithItsAddress()
    {
        const int Count = 500;
        await using var loops = new EventLoops(2);
        await using var listener = await new EpollTransport(loops).BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var accepting = Task.Run(async () =>
        {
            var all = new List<ConnectionContext>();
            while (all.Count < Count)
            {
                all.Add((await listener.AcceptAsync())!);
            }
            return all;
        });
        var clients = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => ConnectAsync(listener.EndPoint)));
        var accepted = await accepting.WaitAsync(ConnectedPair.Patience);

        Assert.Equal(clients.Select(static client => client.LocalEndPoint!.ToString()).Order(), accepted.Select(static one => one.RemoteEndPoint!.ToString()).Order());
        Assert.Equal(Count, accepted.Select(static one => one.ConnectionId).Distinct().Count());
        foreach (var one in accepted)
        {
            await one.DisposeAsync();
        }
        Array.ForEach(clients, static client => client.Dispose());
    }

    [Fact]
    public async Task Accept_OnAllInterfaces_TakesBothFamilies()
    {
        await using var loops = new EventLoops(1);
        await using var listener = await new EpollTransport(loops).BindAsync(new IPEndPoint(IPAddress.IPv6Any, 0));
        var port = ((IPEndPoint)listener.EndPoint).Port;
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using var client = await ConnectAsync(new IPEndPoint(address, port));
            await using var server = await listener.AcceptAsync();
            Assert.Equal(address, ((IPEndPoint)server!.RemoteEndPoint!).Address);
        }
    }

    [Fact]
    public async Task Unbind_WhileAccepting_EndsTheWait()
    {
        await using var loops = new EventLoops(1);
        var listener = await new EpollTransport(loops).BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var accepting = listener.AcceptAsync().AsTask();
        await listener.UnbindAsync();

        Assert.Null(await accepting.WaitAsync(ConnectedPair.Patience));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listener.EndPoint));
    }

    [Fact]
    public async Task Bind_PortInUse_SaysSo()
    {
        await using var loops = new EventLoops(1);
        var transport = new EpollTransport(loops);
        await using var listener = await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));

        await Assert.ThrowsAsync<AddressInUseException>(async () => await transport.BindAsync(listener.EndPoint));
    }

    [Fact]
    public async Task Bind_AddressOfAnother_Fails()
    {
        await using var loops = new EventLoops(1);
        var transport = new EpollTransport(loops);

        // Kept for documentation (RFC 5737): no machine's own.
        await Assert.ThrowsAsync<TransportException>(async () => await transport.BindAsync(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0)));
    }

    [Fact]
    public async Task Bind_PortOfConnectionsJustClosed_Succeeds()
    {
        await using var loops = new EventLoops(1);
        var transport = new EpollTransport(loops);
        var before = await BindAsync(transport);
        using (var client = await ConnectAsync(before.EndPoint))
        {
            // Who closes first keeps the pair of addresses for a while.
            var server = (await before.AcceptAsync())!;
            await server.DisposeAsync();
            Assert.Equal(0, await client.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        }
        await before.UnbindAsync();

        await using var after = await transport.BindAsync(before.EndPoint);
        Assert.Equal(before.EndPoint, after.EndPoint);
    }

    // On a port that the system gives to nobody by itself, so that it stays free when it is given up.
    private static async Task<IConnectionListener> BindAsync(EpollTransport transport)
    {
        while (true)
        {
            try
            {
                return await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000)));
            }
            catch (AddressInUseException)
            {
                // Another one, then.
            }
        }
    }

    private static async Task<Socket> ConnectAsync(EndPoint address)
    {
        var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(address);
        return client;
    }
}

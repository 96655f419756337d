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

    private static async Task<Socket> ConnectAsync(EndPoint address)
    {
        var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(address);
        return client;
    }
}

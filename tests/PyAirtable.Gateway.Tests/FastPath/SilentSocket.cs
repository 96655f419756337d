using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>Blocking ends of connections that allocate nothing once they run, so that what is allocated is the gateway's.</summary>
internal static class SilentSocket
{
    /// <summary>An upstream that gives the same answer to every request without a body.</summary>
    public static Socket Serve(byte[] answer)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(16);
        Start(() =>
        {
            while (true)
            {
                var connection = listener.Accept();
                connection.NoDelay = true;
                Start(() => Answer(connection, answer));
            }
        });
        return listener;
    }

    /// <summary>A client of a port of this machine.</summary>
    public static Socket Connect(int port)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(IPAddress.Loopback, port);
        return client;
    }

    /// <summary>Sends a request and reads until its answer has ended.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="end">Last bytes of the answer.</param>
    /// <param name="buffer">Room for the answer.</param>
    public static void Ask(Socket client, byte[] request, byte[] end, byte[] buffer)
    {
        client.Send(request);
        for (var got = 0; !buffer.AsSpan(0, got).EndsWith(end);)
        {
            var more = client.Receive(buffer, got, buffer.Length - got, SocketFlags.None);
            got += more > 0 ? more : throw new EndOfStreamException();
        }
    }

    private static void Answer(Socket connection, byte[] answer)
    {
        var buffer = new byte[16 * 1024];
        var got = 0;
        while (connection.Receive(buffer, got, buffer.Length - got, SocketFlags.None) is > 0 and var more)
        {
            got += more;
            if (buffer.AsSpan(0, got).EndsWith("\r\n\r\n"u8))
            {
                connection.Send(answer);
                got = 0;
            }
        }
    }

    // Ends with its socket.
    private static void Start(Action work) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (SocketException)
        {
        }
        catch (ObjectDisposedException)
        {
        }
    })
    { IsBackground = true }.Start();
}

using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Testing;

/// <summary>Free TCP ports of the loopback interface.</summary>
public static class FreePort
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

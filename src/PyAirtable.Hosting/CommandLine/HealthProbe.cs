using System.Net;
using System.Net.Sockets;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.CommandLine;

/// <summary>One request to the own live endpoint, over a bare socket: a distroless image has no other client.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Null if the process answered 200 within three seconds, else what went wrong.</summary>
    public static async Task<string?> AskAsync(ListenSettings management)
    {
        var target = new IPEndPoint(Reachable(management.Address), management.Port);
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            using var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(target, limit.Token);
            await socket.SendAsync("GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), limit.Token);
            var answer = new byte[512];
            var length = await socket.ReceiveAsync(answer, limit.Token);
            return answer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8) ? null : $"http://{target}/live did not answer 200";
        }
        catch (OperationCanceledException)
        {
            return $"http://{target}/live did not answer within {Limit.TotalSeconds:0} s";
        }
        catch (SocketException e)
        {
            return $"http://{target}/live cannot be reached: {e.SocketErrorCode}";
        }
    }

    private static IPAddress Reachable(IPAddress bound) =>
        bound.Equals(IPAddress.Any) ? IPAddress.Loopback : bound.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : bound;
}

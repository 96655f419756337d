using System.Net;
using System.Net.Sockets;

namespace PyAirtable.Automation.Outbound;

/// <summary>
/// Makes the connections of workflows' requests. A name is resolved once, and the connection goes to an address that was checked: a name
/// that gives another address when asked again gains nothing. Numbers in any spelling are names here too.
/// </summary>
internal sealed class GuardedConnector(AddressRules rules, HostResolver resolve)
{
    private const int MaxAddresses = 4;

    /// <summary>Connects to the first address that may be reached and answers.</summary>
    /// <exception cref="AddressRefusedException">No address may be reached.</exception>
    /// <exception cref="SocketException">None answers, or there is none.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancel)
    {
        IPAddress[] found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancel);
        IPAddress[] allowed = [.. found.Where(address => rules.Allows(target.Host, address)).Take(MaxAddresses)];
        if (allowed.Length == 0)
        {
            throw found.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new AddressRefusedException(target.Host);
        }
        for (var i = 0; ; i++)
        {
            var socket = new Socket(allowed[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(allowed[i], target.Port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e)
            {
                socket.Dispose();
                if (e is not SocketException || i == allowed.Length - 1)
                {
                    throw;
                }
            }
        }
    }
}

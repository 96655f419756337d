using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PyAirtable.Hosting.Transport;

/// <summary>The system calls of the transport (Linux, see section 2 of the manual). All return −1 on failure and leave the reason in
/// <see cref="LastError"/>, which has to be read before anything else is called.</summary>
internal static unsafe partial class Libc
{
    public const int EpollIn = 0x001;
    public const int EpollOut = 0x004;
    public const int EpollError = 0x008;
    public const int EpollHangUp = 0x010;
    public const int EpollReadHangUp = 0x2000;
    public const int EpollEdgeTriggered = unchecked((int)0x8000_0000);
    public const int EpollAdd = 1;

    public const int WouldBlock = 11;
    public const int Interrupted = 4;
    public const int AddressInUse = 98;
    public const int InProgress = 115;
    public const int ConnectionReset = 104;
    public const int BrokenPipe = 32;

    public const int Stream = 1;
    public const int Tcp = 6;
    public const int SocketLevel = 1;
    public const int ReuseAddress = 2;
    public const int Ip6Level = 41;
    public const int Ip6Only = 26;

    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int NoSignal = 0x4000;
    public const int Peek = 0x2;
    public const int TooManyFiles = 24;
    public const int TooManyFilesOfAll = 23;
    public const int ShutDownBoth = 2;

    public static int LastError => Marshal.GetLastSystemError();

    /// <summary>A TCP socket that waits for nothing.</summary>
    public static int CreateTcpSocket(AddressFamily family) =>
        CreateSocket(family == AddressFamily.InterNetworkV6 ? 10 : 2, Stream | NonBlocking | CloseOnExec, Tcp);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int CreateEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    public static partial int ControlEpoll(int epoll, int operation, int file, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    public static partial int WaitEpoll(int epoll, byte* events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    public static partial int CreateEvent(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int file, void* data, nint bytes);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int file, void* data, nint bytes);

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int CreateSocket(int family, int kind, int protocol);

    [LibraryImport("libc", EntryPoint = "bind")]
    public static partial int Bind(int socket, byte* address, int addressBytes);

    [LibraryImport("libc", EntryPoint = "listen")]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport("libc", EntryPoint = "getsockname")]
    public static partial int GetName(int socket, byte* address, int* addressBytes);

    [LibraryImport("libc", EntryPoint = "accept4")]
    public static partial int Accept(int socket, byte* address, int* addressBytes, int flags);

    [LibraryImport("libc", EntryPoint = "connect")]
    public static partial int Connect(int socket, byte* address, int addressBytes);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    public static partial int SetOption(int socket, int level, int name, int* value, int bytes);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    public static partial int GetOption(int socket, int level, int name, int* value, int* bytes);

    [LibraryImport("libc", EntryPoint = "recv")]
    public static partial nint Receive(int socket, byte* data, nint bytes, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    public static partial nint Send(int socket, byte* data, nint bytes, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    public static partial int ShutDown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);
}

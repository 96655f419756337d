using System.Runtime.InteropServices;

namespace PyAirtable.Hosting.Transport;

/// <content>What the load generator needs beside the transport: waiting to less than a millisecond.</content>
internal static unsafe partial class Libc
{
    /// <summary>As <see cref="WaitEpoll"/>, with a limit in nanoseconds (epoll_pwait2(2), Linux 5.11).</summary>
    [LibraryImport("libc", EntryPoint = "epoll_pwait2")]
    public static partial int WaitEpollPrecisely(int epoll, byte* events, int count, TimeSpec* limit, void* signals);

    /// <summary>The kernel's <c>timespec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        /// <summary>Whole seconds.</summary>
        public long Seconds;

        /// <summary>The rest, below 1,000,000,000.</summary>
        public long Nanoseconds;
    }
}

using System.Runtime.InteropServices;

namespace PyAirtable.Platform.Passwords;

/// <summary>How readily a thread gives way to others.</summary>
internal static partial class Niceness
{
    private const int Process = 0;
    private const int Caller = 0;
    private const int Lowered = 10;
    private const uint IdlePolicy = 5;

    // sched_setattr has no wrapper in older C libraries.
    private static readonly nint SetAttributes = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 274 : 314;

    /// <summary>
    /// Lets the calling thread give way: it gets about a tenth of what others get where a processor is asked for by both, and all of it
    /// where not; and by the long slice that it asks for, those that wake up go before it at once (Linux 6.12 and later: who asks for
    /// a shorter one need not wait for its end). Linux takes the thread for the process here. Nothing depends on it, so a refusal does
    /// not matter.
    /// </summary>
    public static void Lower()
    {
        var attributes = new Attributes { Size = (uint)Marshal.SizeOf<Attributes>(), Nice = Lowered, Slice = 100_000_000 };
        if (Call(SetAttributes, Caller, attributes, 0) != 0)
        {
            _ = SetPriority(Process, Caller, Lowered);
        }
    }

    /// <summary>
    /// Lets the calling thread have a processor only where no other thread wants it (SCHED_IDLE of sched(7)): whatever wakes up goes
    /// before it at once. There is no way back for who has no privileges. A refusal does not matter.
    /// </summary>
    public static void OnlyIdleProcessors()
    {
        var attributes = new Attributes { Size = (uint)Marshal.SizeOf<Attributes>(), Policy = IdlePolicy };
        if (Call(SetAttributes, Caller, attributes, 0) != 0)
        {
            Lower();
        }
    }

    // .NET's own Thread.Priority does nothing on Linux.
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint thread, in Attributes attributes, nint flags);

    /// <summary>struct sched_attr of sched_setattr(2), first version.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Slice;
        public ulong Deadline;
        public ulong Period;
    }
}

using System.Runtime.InteropServices;

namespace PyAirtable.Platform.Passwords;

/// <summary>How readily a thread gives way to others, as Linux counts: 19 at most, 0 by default.</summary>
internal static partial class Niceness
{
    private const int Process = 0;
    private const int Caller = 0;
    private const int Lowered = 10;

    /// <summary>
    /// Lets the calling thread give way: it gets about a tenth of what others get where a processor is asked for by both, and all of it
    /// where not. Linux takes the thread for the process here. Nothing depends on it, so a refusal does not matter.
    /// </summary>
    public static void Lower() => _ = SetPriority(Process, Caller, Lowered);

    // .NET's own Thread.Priority does nothing on Linux.
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);
}

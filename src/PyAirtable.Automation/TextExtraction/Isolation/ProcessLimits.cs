using System.Runtime.InteropServices;

namespace PyAirtable.Automation.TextExtraction.Isolation;

/// <summary>
/// What a process that reads files of strangers takes from itself before it does: memory, processor time, files to write, and a life
/// beyond its parent's. A refusal by the system does not matter: the parent watches the time, and each reader its own bounds.
/// </summary>
internal static partial class ProcessLimits
{
    // Beside its collected heap a process has its libraries' data, stacks, and memory of the decompressor.
    private const ulong UncollectedBytes = 96UL << 20;
    // Where it is not compiled ahead, a runtime keeps each of its libraries open.
    private const ulong OpenFiles = 256;
    private const int KillSignal = 9;
    private const int TerminateSignal = 15;
    private const nint SignalIgnored = 1;

    /// <summary>Gives up for good what an extraction does not need.</summary>
    /// <param name="memory">Bytes of the collected heap; the runtime itself is told by its environment.</param>
    /// <param name="seconds">Processor time.</param>
    public static void Apply(ulong memory, ulong seconds)
    {
        _ = Control(Option.ParentDeathSignal, KillSignal, 0, 0, 0);
        _ = Control(Option.NoNewPrivileges, 1, 0, 0, 0);
        // A terminal's Ctrl-C and a service manager's SIGTERM are for the parent, which decides what becomes of its jobs.
        _ = SetSession();
        _ = Handle(TerminateSignal, SignalIgnored);
        _ = SetPriority(0, 0, 10);
        Silence();
        Limit(Resource.ProcessorSeconds, seconds);
        Limit(Resource.FileBytes, 0);
        Limit(Resource.DataBytes, memory + UncollectedBytes);
        Limit(Resource.CoreBytes, 0);
        Limit(Resource.OpenFiles, OpenFiles);
    }

    private static void Limit(Resource resource, ulong value) => _ = SetLimit(resource, new Range(value, value));

    // What the runtime says of a crash goes nowhere: it may hold text of the file.
    private static void Silence()
    {
        const int WriteOnly = 1;
        var nowhere = Open("/dev/null", WriteOnly);
        _ = Duplicate(nowhere, 2);
        _ = Close(nowhere);
    }

    private enum Option
    {
        ParentDeathSignal = 1,
        NoNewPrivileges = 38,
    }

    private enum Resource
    {
        ProcessorSeconds = 0,
        FileBytes = 1,
        DataBytes = 2,
        CoreBytes = 4,
        OpenFiles = 7,
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Range(ulong Soft, ulong Hard);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(Option option, nint value, nint third, nint fourth, nint fifth);

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Handle(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(Resource resource, in Range range);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}

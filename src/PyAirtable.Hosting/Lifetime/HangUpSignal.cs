using System.Runtime.InteropServices;

namespace PyAirtable.Hosting.Lifetime;

/// <summary>SIGHUP: asks for the settings to be read again. Where it comes because the terminal has gone that the process was started
/// from, it ends the process, as any other.</summary>
public sealed partial class HangUpSignal : IDisposable
{
    private readonly bool _hadTerminal = HasTerminal;
    private readonly PosixSignalRegistration _registration;

    /// <summary>Starts to listen; <paramref name="reload"/> is called on a thread of the pool.</summary>
    public HangUpSignal(Action reload) => _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        if (!_hadTerminal || HasTerminal)
        {
            context.Cancel = true;
            reload();
        }
    });

    // A terminal that has hung up is none any more.
    private static bool HasTerminal => IsTerminal(0) == 1;

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);
}

using System.Runtime.InteropServices;

namespace PyAirtable.Hosting.Lifetime;

/// <summary>SIGTERM and SIGINT: the first asks for a graceful stop, the second ends the process at once.</summary>
public sealed class StopSignals : IDisposable
{
    private const int SignalExitBase = 128;

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;
    private int _seen;

    /// <summary>Starts to listen for both signals.</summary>
    public StopSignals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, number: 15)),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, number: 2)),
        ];
    }

    /// <summary>Ends when the first signal has come.</summary>
    public Task First => _first.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Take(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _seen) > 1)
        {
            Environment.Exit(SignalExitBase + number);
        }
        _first.TrySetResult();
    }
}

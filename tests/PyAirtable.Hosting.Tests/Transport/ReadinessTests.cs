using PyAirtable.Hosting.Transport;

namespace PyAirtable.Hosting.Tests.Transport;

public sealed class ReadinessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Wait_AfterASignal_IsOverAtOnce()
    {
        var readiness = new Readiness();
        readiness.Signal();
        readiness.Signal();

        Assert.True(readiness.IsSignalled);
        Assert.True(readiness.WaitAsync().AsTask().IsCompleted);
        Assert.False(readiness.IsSignalled);
    }

    [Fact]
    public async Task Signal_AfterAWait_EndsItAndNoOther()
    {
        var readiness = new Readiness();
        var first = readiness.WaitAsync().AsTask();
        Assert.False(first.IsCompleted);
        readiness.Signal();
        await first;

        var second = readiness.WaitAsync().AsTask();
        Assert.False(second.IsCompleted);
        readiness.Signal();
        await second;
    }

    // Each value is set before its signal: who has seen the last value has missed no signal.
    [Fact]
    public async Task Signals_FromAnotherThread_AreNeverLost()
    {
        const int Last = 200_000;
        var readiness = new Readiness();
        var value = 0;
        var signalling = Task.Run(() =>
        {
            for (var i = 1; i <= Last; i++)
            {
                Volatile.Write(ref value, i);
                readiness.Signal();
            }
        });
        var waiting = Task.Run(async () =>
        {
            while (Volatile.Read(ref value) < Last)
            {
                await readiness.WaitAsync();
            }
        });

        await Task.WhenAll(signalling, waiting).WaitAsync(Patience);
    }
}

namespace PyAirtable.Gateway.WebSockets;

/// <summary>Spreads a message to very many connections over time: all at once, each of them would take a buffer of its own.</summary>
internal sealed class Pace
{
    private const int AtOnce = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private int _count;

    /// <summary>To be awaited after each message.</summary>
    public Task NextAsync(CancellationToken cancel) => ++_count % AtOnce == 0 ? Task.Delay(Pause, cancel) : Task.CompletedTask;
}

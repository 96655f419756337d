namespace PyAirtable.Mcp.Protocol.Streams;

/// <summary>A client that reads a stream of events over a connection.</summary>
/// <param name="seen">Number of the last event that it has.</param>
/// <param name="primes">Whether it is told first from where it can resume: clients before 2025-11-25 do not know such an event.</param>
/// <param name="send">Sends bytes to it, and is done when they are on their way; without any, the head of the answer alone.</param>
internal sealed class EventReader(int seen, bool primes, Func<ReadOnlyMemory<byte>, ValueTask> send)
{
    private readonly TaskCompletionSource<bool> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Number of the last event that it had when it came.</summary>
    public int Seen => seen;

    /// <summary>Whether it is told first from where it can resume.</summary>
    public bool Primes => primes;

    /// <summary>Done when nothing more comes on this connection: true where the stream is at its end.</summary>
    public Task<bool> Finished => _finished.Task;

    /// <summary>Sends to it.</summary>
    /// <exception cref="Exception">It is gone.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => send(bytes);

    /// <summary>Nothing more comes.</summary>
    public void Finish(bool isWhole) => _finished.TrySetResult(isWhole);
}

namespace PyAirtable.Load.Loop;

/// <summary>Brings what was awaited elsewhere (WebSockets, files, processes) back to the loop's thread.</summary>
internal sealed class LoopContext(LoadLoop loop) : SynchronizationContext
{
    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(d, state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}

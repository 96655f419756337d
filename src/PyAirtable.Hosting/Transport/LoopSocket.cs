namespace PyAirtable.Hosting.Transport;

/// <summary>A socket as its event loop knows it.</summary>
/// <param name="descriptor">The system's file descriptor.</param>
public abstract class LoopSocket(int descriptor)
{
    internal int Descriptor { get; } = descriptor;

    internal int Slot { get; set; }

    internal int Generation { get; set; }

    /// <summary>There is something to receive, or the end of it.</summary>
    internal Readiness Readable { get; } = new();

    /// <summary>The kernel has news.</summary>
    internal abstract void OnNews(int news);

    /// <summary>Time has passed.</summary>
    internal virtual void ExpireAt(long now)
    {
    }
}

namespace PyAirtable.Hosting.Transport;

/// <summary>Is told of a socket's end: a client's connection that goes away, or a pooled one that its upstream closes.</summary>
public interface ISocketObserver
{
    /// <summary>The other side has closed its half or is gone, or the deadline has passed. Called on the loop; must not block.</summary>
    void OnEnded();
}

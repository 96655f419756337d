using System.Runtime.InteropServices;

namespace PyAirtable.Hosting.Transport;

/// <summary>A system call on a socket failed.</summary>
/// <param name="error">The system's error number.</param>
public sealed class TransportException(int error) : IOException(Marshal.GetPInvokeErrorMessage(error))
{
    /// <summary>The system's error number (errno(3)).</summary>
    public int Error { get; } = error;

    /// <summary>Whether the other side has gone without a word.</summary>
    public bool IsReset => Error is Libc.ConnectionReset or Libc.BrokenPipe;
}

namespace PyAirtable.Gateway.Cutover.Walking;

/// <summary>A running gateway did not do what was asked; the message says why, for people.</summary>
internal sealed class AdminCallException : Exception
{
    /// <summary>An error without a message.</summary>
    public AdminCallException()
    {
    }

    /// <summary>An answer that says no.</summary>
    public AdminCallException(string message)
        : base(message)
    {
    }

    /// <summary>No answer.</summary>
    public AdminCallException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

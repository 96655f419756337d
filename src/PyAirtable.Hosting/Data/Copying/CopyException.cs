namespace PyAirtable.Hosting.Data.Copying;

/// <summary>A copy cannot start or go on; the message says why and what to do. The source is never changed.</summary>
public sealed class CopyException : Exception
{
    /// <summary>An error without a message.</summary>
    public CopyException()
    {
    }

    /// <summary>An error of the copy itself.</summary>
    public CopyException(string message) : base(message)
    {
    }

    /// <summary>An error that a database gave.</summary>
    public CopyException(string message, Exception inner) : base(message, inner)
    {
    }
}

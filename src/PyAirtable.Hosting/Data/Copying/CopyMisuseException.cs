namespace PyAirtable.Hosting.Data.Copying;

/// <summary>A copy is asked for that cannot be: nothing was touched, and the message says what to give instead.</summary>
public sealed class CopyMisuseException : Exception
{
    /// <summary>An error without a message.</summary>
    public CopyMisuseException()
    {
    }

    /// <summary>What is wrong.</summary>
    public CopyMisuseException(string message) : base(message)
    {
    }

    /// <summary>What is wrong, and why.</summary>
    public CopyMisuseException(string message, Exception inner) : base(message, inner)
    {
    }
}

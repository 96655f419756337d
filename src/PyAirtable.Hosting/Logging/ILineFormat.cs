namespace PyAirtable.Hosting.Logging;

/// <summary>Makes lines; used by all threads at once, each with a line of its own.</summary>
internal interface ILineFormat
{
    /// <summary>Appends the line of an answered request, with its end.</summary>
    /// <param name="at">Time of the call, in UTC ticks.</param>
    /// <param name="access">What it says.</param>
    /// <param name="line">Where to.</param>
    void Write(long at, in AccessLine access, Utf8Line line);

    /// <summary>Appends a message, with its end.</summary>
    /// <param name="at">Time of the call, in UTC ticks.</param>
    /// <param name="message">The message.</param>
    /// <param name="line">Where to.</param>
    void Write(long at, LogMessage message, Utf8Line line);
}

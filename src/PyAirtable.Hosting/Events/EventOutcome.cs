namespace PyAirtable.Hosting.Events;

/// <summary>What came of one delivery.</summary>
internal readonly record struct EventOutcome(EventOutcome.Kind Result, string? Reason)
{
    public enum Kind
    {
        /// <summary>The handler returned.</summary>
        Done,

        /// <summary>The handler threw and there are attempts left.</summary>
        Failed,

        /// <summary>The handler threw on the last attempt.</summary>
        Dead,

        /// <summary>The consumer stops and cancelled the handler; others take the event.</summary>
        Abandoned,
    }

    public static EventOutcome Done => new(Kind.Done, null);

    public static EventOutcome Failed => new(Kind.Failed, null);

    public static EventOutcome Abandoned => new(Kind.Abandoned, null);

    public static EventOutcome Dead(string reason) => new(Kind.Dead, reason);
}

namespace PyAirtable.Gateway.Upstreams;

/// <summary>The ways in which an attempt ends, see <see cref="CallOutcome"/>.</summary>
internal enum CallEnd
{
    /// <summary>An answer's head came.</summary>
    Answered,

    /// <summary>No connection came about.</summary>
    ConnectFailed,

    /// <summary>Nothing came in time.</summary>
    TimedOut,

    /// <summary>The connection ended before an answer.</summary>
    Broken,
}

namespace PyAirtable.Gateway.Upstreams;

/// <summary>What came of the wish to enter a <see cref="Bulkhead"/>.</summary>
internal enum BulkheadEntry
{
    /// <summary>Inside; to be left again.</summary>
    Entered,

    /// <summary>As many wait already as may.</summary>
    Full,

    /// <summary>The wait took too long.</summary>
    TooLate,

    /// <summary>It was not asked for: something else than room is missing, see <see cref="UpstreamPolicy.EnterAsync"/>.</summary>
    Unasked,
}

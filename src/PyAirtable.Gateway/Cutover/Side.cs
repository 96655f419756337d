namespace PyAirtable.Gateway.Cutover;

/// <summary>One of the two that can answer a route group.</summary>
public enum Side
{
    /// <summary>The services of before.</summary>
    Python,

    /// <summary>Those that take their place.</summary>
    Native,
}

namespace PyAirtable.Gateway.Cutover;

/// <summary>Who set a weight.</summary>
internal enum WeightSource
{
    /// <summary>The settings, at the start or by a reload that changed it.</summary>
    Settings,

    /// <summary>An admin call.</summary>
    Admin,

    /// <summary>The guard, which gave the native side up.</summary>
    Guard,
}

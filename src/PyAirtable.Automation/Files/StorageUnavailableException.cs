namespace PyAirtable.Automation.Files;

/// <summary>The storage of files gives no answer, or none that helps; clients are told to come again.</summary>
/// <param name="reason">Why, without keys and addresses; for the log.</param>
/// <param name="mayPass">Whether the same request may go well in a moment.</param>
internal sealed class StorageUnavailableException(string reason, bool mayPass) : Exception(reason)
{
    /// <summary>Whether the same request may go well in a moment.</summary>
    public bool MayPass => mayPass;
}

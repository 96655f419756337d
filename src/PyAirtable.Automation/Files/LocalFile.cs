namespace PyAirtable.Automation.Files;

/// <summary>A file on this machine's disk. Disposing it removes what is only a copy.</summary>
/// <param name="path">Where it is.</param>
/// <param name="isCopy">Whether the file itself is elsewhere.</param>
internal sealed class LocalFile(string path, bool isCopy) : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path => path;

    public void Dispose()
    {
        if (isCopy)
        {
            File.Delete(path);
        }
    }
}

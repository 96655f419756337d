namespace PyAirtable.Automation.Files;

/// <summary>
/// A folder on this machine's disk, with temporary files in it: those that are being received, and copies of those that are stored
/// elsewhere.
/// </summary>
/// <param name="path">The folder; made when first needed.</param>
internal sealed class UploadFolder(string path)
{
    // No stored name begins like this.
    private const string TemporaryPrefix = "part-";

    /// <summary>Where a file of it is.</summary>
    public string PathOf(string filename) => Path.Combine(path, filename);

    /// <summary>A new temporary file, open for writing.</summary>
    /// <param name="extension">How its name ends, for who goes by that.</param>
    public FileStream OpenTemporary(string extension = "")
    {
        Create();
        return new FileStream(PathOf(TemporaryPrefix + StoredName.New(extension)), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Closes and removes a temporary file; it may be gone already.</summary>
    public static void Discard(FileStream temporary)
    {
        temporary.Dispose();
        File.Delete(temporary.Name);
    }

    /// <summary>Removes a file; it may be gone already.</summary>
    public void Remove(string filename)
    {
        Create();
        File.Delete(PathOf(filename));
    }

    /// <summary>Waits until the names in it are on disk.</summary>
    public void Flush() => FolderSync.Flush(path);

    /// <summary>Names of the files that nobody wrote to since <paramref name="before"/>.</summary>
    public IEnumerable<string> ListUnchangedSince(DateTime before)
    {
        Create();
        return new DirectoryInfo(path).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before).Select(static file => file.Name);
    }

    /// <summary>Removes the temporary files that nobody wrote to since <paramref name="before"/>; how many.</summary>
    public int RemoveTemporary(DateTime before)
    {
        var removed = 0;
        foreach (var name in ListUnchangedSince(before).Where(static name => name.StartsWith(TemporaryPrefix, StringComparison.Ordinal)))
        {
            Remove(name);
            removed++;
        }
        return removed;
    }

    private void Create() => Directory.CreateDirectory(path);
}

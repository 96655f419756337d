namespace PyAirtable.Automation.Files;

/// <summary>
/// The folder of uploaded files. A file is written under a temporary name, flushed, and renamed to its stored name; names are ours,
/// a client's name never reaches the file system.
/// </summary>
/// <param name="path">The folder; made when first needed.</param>
internal sealed class UploadFolder(string path)
{
    private const string TemporaryExtension = ".part";

    /// <summary>Where a stored file is.</summary>
    public string PathOf(string filename) => System.IO.Path.Combine(path, filename);

    /// <summary>Makes the folder if it is missing.</summary>
    public void Create() => Directory.CreateDirectory(path);

    /// <summary>A new temporary file, open for writing.</summary>
    public FileStream OpenTemporary()
    {
        Create();
        return new FileStream(PathOf(Guid.NewGuid() + TemporaryExtension), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Flushes a temporary file, gives it the stored name and flushes the folder. The stream is closed.</summary>
    public void Keep(FileStream temporary, string filename)
    {
        temporary.Flush(flushToDisk: true);
        temporary.Dispose();
        File.Move(temporary.Name, PathOf(filename));
        FolderSync.Flush(path);
    }

    /// <summary>Removes a stored file; it may be gone already.</summary>
    public void Remove(string filename) => File.Delete(PathOf(filename));

    /// <summary>Closes and removes a temporary file.</summary>
    public static void Discard(FileStream temporary)
    {
        temporary.Dispose();
        File.Delete(temporary.Name);
    }

    /// <summary>Files of ours that nobody wrote to since <paramref name="before"/>: name, and whether it is a temporary one.</summary>
    public IEnumerable<(string Filename, bool IsTemporary)> ListUnchangedSince(DateTime before)
    {
        foreach (var file in new DirectoryInfo(path).EnumerateFiles())
        {
            var isOurs = Guid.TryParseExact(System.IO.Path.GetFileNameWithoutExtension(file.Name), "D", out _);
            if (isOurs && file.LastWriteTimeUtc < before)
            {
                yield return (file.Name, file.Extension == TemporaryExtension);
            }
        }
    }
}

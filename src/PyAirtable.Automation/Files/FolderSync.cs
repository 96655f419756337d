using System.Runtime.InteropServices;

namespace PyAirtable.Automation.Files;

/// <summary>Makes a rename in a folder survive a power cut: the folder itself is flushed. .NET opens no folders, so this is the system's own call.</summary>
internal static partial class FolderSync
{
    private const int OpenReadOnly = 0;

    /// <summary>Waits until the folder's entries are on disk.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string folder)
    {
        var handle = Open(folder, OpenReadOnly);
        if (handle < 0)
        {
            throw new IOException($"The folder cannot be opened, error {Marshal.GetLastPInvokeError()}");
        }
        var failed = Sync(handle) != 0;
        _ = Close(handle);
        if (failed)
        {
            throw new IOException("The folder cannot be flushed");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}

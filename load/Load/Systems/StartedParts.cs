namespace PyAirtable.Load.Systems;

/// <summary>Parts of a system, ended in the opposite order of their start, and a folder for them that is gone then.</summary>
/// <param name="name">How the folder's name begins.</param>
internal sealed class StartedParts(string name) : IAsyncDisposable
{
    private readonly Stack<object> _parts = [];

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory(name).FullName;

    /// <summary>Takes a part, also one that has not started yet.</summary>
    public T Add<T>(T part)
        where T : notnull
    {
        _parts.Push(part);
        return part;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            if (part is IAsyncDisposable process)
            {
                await process.DisposeAsync();
            }
            else
            {
                (part as IDisposable)?.Dispose();
            }
        }
        Directory.Delete(Folder, recursive: true);
    }
}

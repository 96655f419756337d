namespace PyAirtable.Hosting.Reloading;

/// <summary>Looks at the files that settings come from once a second, and asks for a reload when one has changed and stayed so for one
/// look, so that none is read half written.</summary>
/// <remarks>By their contents: a mounted secret changes by a link far up its path, of which its own times tell nothing.</remarks>
internal sealed class SettingsWatch
{
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SettingsReload _reload;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Watched> _files;

    /// <summary>Looks for the first time.</summary>
    public SettingsWatch(SettingsReload reload, TimeProvider clock)
    {
        (_reload, _clock) = (reload, clock);
        _files = reload.Files.ToDictionary(path => path, path => new Watched(Read(path)));
    }

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Pause, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                if (HaveChanged())
                {
                    _reload.Request();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private bool HaveChanged()
    {
        var (changed, settled) = (false, true);
        foreach (var path in _reload.Files)
        {
            var now = Read(path);
            if (!_files.TryGetValue(path, out var file))
            {
                // It was named by another that has just been read, and may have changed since.
                _files.Add(path, file = new Watched(now) { IsNew = true });
            }
            settled &= AreSame(file.Seen, now);
            changed |= file.IsNew || !AreSame(file.Known, now);
            file.Seen = now;
        }
        if (!changed || !settled)
        {
            return false;
        }
        foreach (var file in _files.Values)
        {
            (file.Known, file.IsNew) = (file.Seen, false);
        }
        return true;
    }

    // Null where there is none, or none that can be read.
    private static byte[]? Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }
            using var file = File.OpenHandle(path);
            var bytes = new byte[Math.Min(RandomAccess.GetLength(file), MaxBytes)];
            return bytes[..RandomAccess.Read(file, bytes, 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool AreSame(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    private sealed class Watched(byte[]? content)
    {
        public bool IsNew { get; set; }

        public byte[]? Known { get; set; } = content;

        public byte[]? Seen { get; set; } = content;
    }
}

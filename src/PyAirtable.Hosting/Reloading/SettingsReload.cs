using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Serving;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Hosting.Reloading;

/// <summary>Reads the settings again and hands what has changed to the modules, all or nothing: where there is a mistake, or a module
/// cannot do it, all goes on as before.</summary>
/// <param name="settings">The settings in force.</param>
/// <param name="modules">Who gets new ones.</param>
/// <param name="read">Reads all.</param>
/// <param name="log">Where it is told.</param>
internal sealed partial class SettingsReload(SettingsReader settings, IReadOnlyList<IServiceModule> modules, Func<SettingsReader> read, ILogger log)
{
    private IReadOnlyList<SettingEntry> _entries = settings.Entries;
    private volatile IReadOnlyCollection<string> _files = settings.Files;
    private int _requests;

    /// <summary>The files that settings come from, there or not.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>Reloads on this thread; where another does so already, that one does it once more.</summary>
    public void Request()
    {
        if (Interlocked.Increment(ref _requests) > 1)
        {
            return;
        }
        int seen;
        do
        {
            seen = Volatile.Read(ref _requests);
            Reload();
        }
        while (Interlocked.CompareExchange(ref _requests, 0, seen) != seen);
    }

    private void Reload()
    {
        try
        {
            var next = read();
            _files = next.Files;
            if (next.Errors.Count > 0)
            {
                var mistakes = string.Join("; also ", next.Errors);
                LogRefused(log, mistakes);
                return;
            }
            Apply(next);
        }
        catch (Exception error)
        {
            LogFailed(log, error);
        }
    }

    private void Apply(SettingsReader next)
    {
        var before = _entries.DistinctBy(Key).ToDictionary(Key, entry => entry.Value);
        var changed = next.Entries.DistinctBy(Key).Where(entry => before.GetValueOrDefault(Key(entry)) != entry.Value).ToList();
        if (changed.Count == 0)
        {
            LogUnchanged(log);
            return;
        }
        var taken = modules.SelectMany(module => module.Reload(next, changed)).ToHashSet();
        _entries = next.Entries;
        if (taken.Count > 0)
        {
            var names = Names(changed.Where(taken.Contains));
            LogReloaded(log, names);
        }
        if (taken.Count < changed.Count)
        {
            var names = Names(changed.Where(entry => !taken.Contains(entry)));
            LogRestart(log, names);
        }
    }

    // Several modules may read the same variable, each for itself.
    private static (string Section, string Name) Key(SettingEntry entry) => (entry.Section, entry.Name);

    private static string Names(IEnumerable<SettingEntry> entries) => string.Join(", ", entries.Select(entry => $"{entry.Name} ({entry.Section})"));

    [LoggerMessage(EventId = 30, Level = LogLevel.Information, Message = "settings taken over: {Names}")]
    private static partial void LogReloaded(ILogger logger, string names);

    [LoggerMessage(EventId = 31, Level = LogLevel.Information, Message = "settings read again: none has changed")]
    private static partial void LogUnchanged(ILogger logger);

    [LoggerMessage(EventId = 32, Level = LogLevel.Warning, Message = "settings that have changed, but wait for a restart: {Names}")]
    private static partial void LogRestart(ILogger logger, string names);

    [LoggerMessage(EventId = 33, Level = LogLevel.Error, Message = "settings stay as they were: {Mistakes}")]
    private static partial void LogRefused(ILogger logger, string mistakes);

    [LoggerMessage(EventId = 34, Level = LogLevel.Error, Message = "settings could not be taken over")]
    private static partial void LogFailed(ILogger logger, Exception error);
}

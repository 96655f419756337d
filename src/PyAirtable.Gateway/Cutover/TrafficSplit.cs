using Microsoft.Extensions.Logging;
using PyAirtable.Gateway.Cutover.Shadow;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover;

/// <summary>The route groups with two sides for as long as the process lives, by whatever settings. Where there is none, nothing of it is made.</summary>
internal sealed partial class TrafficSplit(ProcessContext process, ILogger log) : IAsyncDisposable
{
    private const int KeptChanges = 100;

    // Twice within this time a side can be found out, and it shall be within a second.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _changing = new();
    private readonly Queue<WeightChange> _changes = [];
    private readonly Dictionary<string, RouteGroup> _known = [];
    private volatile IReadOnlyList<RouteGroup> _groups = [];
    private ITimer? _watch;

    /// <summary>The groups in force.</summary>
    public IReadOnlyList<RouteGroup> Groups => _groups;

    /// <summary>What is counted; null before there was a group.</summary>
    public CutoverCounters? Counters { get; private set; }

    /// <summary>What copies of requests have shown; null before there was a group.</summary>
    public ShadowFindings? Findings { get; private set; }

    /// <summary>The last changes of weights, oldest first.</summary>
    public IReadOnlyList<WeightChange> Changes
    {
        get
        {
            lock (_changes)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>Takes over settings; groups of before go on where they are named again. Those of the answer are in the settings' order.</summary>
    public IReadOnlyList<RouteGroup> Prepare(CutoverSettings settings)
    {
        if (settings.Groups.Count == 0)
        {
            return [];
        }
        lock (_changing)
        {
            Counters ??= new CutoverCounters(process.Metrics);
            Findings ??= new ShadowFindings(Counters);
            var groups = new List<RouteGroup>();
            foreach (var group in settings.Groups)
            {
                groups.Add(Find(group, settings));
            }
            return groups;
        }
    }

    /// <summary>These are in force from now on.</summary>
    public void Enter(CutoverSettings settings, IReadOnlyList<RouteGroup> groups)
    {
        lock (_changing)
        {
            for (var i = 0; i < groups.Count; i++)
            {
                var group = groups[i];
                group.Use(settings.Groups[i], settings.Guard);
                Counters!.ShowWeight(group.Name, () => _groups.Contains(group) ? group.Weight : 0);
            }
            _groups = groups;
            if (groups.Count == 0)
            {
                _watch?.Dispose();
                _watch = null;
            }
            else
            {
                _watch ??= process.Clock.CreateTimer(static split => ((TrafficSplit)split!).Check(), this, CheckInterval, CheckInterval);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _watch?.DisposeAsync() ?? ValueTask.CompletedTask;

    private RouteGroup Find(GroupSettings group, CutoverSettings settings)
    {
        if (!_known.TryGetValue(group.Name, out var known))
        {
            _known.Add(group.Name, known = new RouteGroup(group, settings.Guard, Counters!, process.Clock, Tell));
        }
        return known;
    }

    private void Check()
    {
        foreach (var group in _groups)
        {
            group.Check();
        }
    }

    private void Tell(WeightChange change)
    {
        lock (_changes)
        {
            _changes.Enqueue(change);
            if (_changes.Count > KeptChanges)
            {
                _changes.Dequeue();
            }
        }
        if (change.By == WeightSource.Guard)
        {
            LogPulledBack(log, change.Group, change.From, change.Reason ?? "");
        }
        else
        {
            var by = WeightSources.NameOf(change.By);
            LogSet(log, change.Group, change.From, change.To, by);
        }
    }

    [LoggerMessage(EventId = 550, Level = LogLevel.Warning, Message = "cutover of {Group}: weight of the native side moved back from {From} to 0: {Reason}")]
    private static partial void LogPulledBack(ILogger logger, string group, int from, string reason);

    [LoggerMessage(EventId = 551, Level = LogLevel.Information, Message = "cutover of {Group}: weight of the native side set from {From} to {To} by {By}")]
    private static partial void LogSet(ILogger logger, string group, int from, int to, string by);
}

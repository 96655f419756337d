using PyAirtable.Automation.Storage;

namespace PyAirtable.Automation.Triggers;

/// <summary>
/// The types of events that some workflow waits for. An event is judged by a list that was read after it happened, so none is missed; the
/// list is read again at most a few times a second, whatever the number of events, and never while there are none.
/// </summary>
internal sealed class AwaitedEvents(TriggerStore triggers, TimeProvider clock)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private HashSet<string> _types = [];
    private DateTimeOffset _readAt;

    /// <summary>Whether a workflow may wait for events of this type. To be called by one at a time.</summary>
    public async Task<bool> ContainAsync(string type, DateTimeOffset time, CancellationToken cancel)
    {
        if (time >= _readAt)
        {
            var since = clock.GetUtcNow() - _readAt;
            if (since < Rest)
            {
                await Task.Delay(since < TimeSpan.Zero ? Rest : Rest - since, clock, cancel);
            }
            var now = clock.GetUtcNow();
            _types = await triggers.ListEventTypesAsync(cancel);
            _readAt = now;
        }
        return _types.Contains(type) || _types.Contains("");
    }
}

using System.Globalization;
using PyAirtable.Mcp.Tools;

namespace PyAirtable.Mcp.Airtable;

/// <summary>
/// Airtable's limit of requests per second and base (upstream contract A-3): a call waits for its turn, and is refused where that would take too
/// long. No second of time holds more calls than the limit.
/// </summary>
/// <param name="perSecond">Calls per second; 0 for any number.</param>
/// <param name="clock">The clock.</param>
internal sealed class BaseRateLimit(int perSecond, TimeProvider clock)
{
    private const int ManyBases = 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Turns> _bases = new(StringComparer.Ordinal);

    /// <summary>Waits for the base's next turn.</summary>
    /// <exception cref="ToolFailedException">Too many wait already.</exception>
    public Task WaitAsync(string id, CancellationToken cancel)
    {
        if (perSecond == 0)
        {
            return Task.CompletedTask;
        }
        var wait = Take(id);
        if (wait <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }
        CallNotes.Add(string.Create(CultureInfo.InvariantCulture, $"waits {wait.TotalSeconds:0.0} s, as Airtable takes {perSecond} requests a second"));
        return Task.Delay(wait, clock, cancel);
    }

    private TimeSpan Take(string id)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow().Ticks;
            if (!_bases.TryGetValue(id, out var turns))
            {
                Sweep(now);
                _bases[id] = turns = new Turns(perSecond);
            }
            var turn = Math.Max(now, turns.Oldest + TimeSpan.TicksPerSecond);
            if (turn - now > LongestWait.Ticks)
            {
                throw new ToolFailedException($"Rate limit exceeded for base ({perSecond} requests per 1s); try again in {LongestWait.TotalSeconds:0} seconds");
            }
            turns.Add(turn);
            return TimeSpan.FromTicks(turn - now);
        }
    }

    private void Sweep(long now)
    {
        if (_bases.Count >= ManyBases)
        {
            foreach (var (id, turns) in _bases)
            {
                if (turns.Newest < now - TimeSpan.TicksPerSecond)
                {
                    _bases.Remove(id);
                }
            }
        }
    }

    // The last turns given, in a ring.
    private sealed class Turns(int count)
    {
        private readonly long[] _ring = new long[count];
        private int _next;

        public long Oldest => _ring[_next];

        public long Newest => _ring[(_next + _ring.Length - 1) % _ring.Length];

        public void Add(long turn) => (_ring[_next], _next) = (turn, (_next + 1) % _ring.Length);
    }
}

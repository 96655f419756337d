namespace PyAirtable.Bench.Platform;

/// <summary>
/// Keeps Linux from sharing processors out by session while it lives (sched(7), "The autogroup feature"). There every session, and each
/// connection of PostgreSQL is one, gets as much as the whole service, so that the niceness of the service's threads says nothing beside
/// the database. In containers, which have control groups, it is off.
/// </summary>
internal sealed class SessionGroups : IDisposable
{
    private const string Setting = "/proc/sys/kernel/sched_autogroup_enabled";

    private readonly bool _wasOn;

    /// <summary>Turns it off, which takes root; says so where it stays on.</summary>
    public SessionGroups()
    {
        try
        {
            _wasOn = File.Exists(Setting) && File.ReadAllText(Setting).Trim() == "1";
            if (_wasOn)
            {
                File.WriteAllText(Setting, "0");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _wasOn = false;
            Console.WriteLine($"  processors are shared out by session, other than in a container: {Setting} is not to be written");
        }
    }

    /// <summary>Turns it on again if it was.</summary>
    public void Dispose()
    {
        if (_wasOn)
        {
            File.WriteAllText(Setting, "1");
        }
    }
}

using System.Globalization;
using PyAirtable.Load.Catalog;

namespace PyAirtable.Load.Commands;

/// <summary>Says what there is.</summary>
internal static class Help
{
    /// <summary>How it is used.</summary>
    public static int Print()
    {
        Console.Write("""
            Usage: load/run <scenario> [options]   one scenario, with reports in artifacts/load/<scenario>
                   load/run --slo [options]        all targets of load/slo.json; exit code 1 if one is missed
                   load/run smoke                  a short run of each scenario in which nothing may fail
                   load/run rehearsal              a cutover from the Python baseline under load, with a fault in the middle, and back
                   load/run restarts               each service restarted 20 times under load, two processes of each: what clients see
                   load/run crosscheck             how exact this generator is, and beside wrk on the same server
                   load/run --list                 the scenarios

              --rate N         iterations a second (connections: how many) instead of the scenario's own
              --seconds N      how long; --hours N the same in hours
              --services       three services instead of the all-in-one
              --postgres       a PostgreSQL of its own instead of SQLite
              --url U --key K  a running system instead of one that is started: the gateway's address, its API key
              --output FOLDER  where reports go instead of artifacts/load
              --targets FILE   targets instead of load/slo.json
              --keep-logs      keep the servers' logs beside the reports

            """);
        return 0;
    }

    /// <summary>The scenarios.</summary>
    public static int List()
    {
        foreach (var entry in ScenarioCatalog.All)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Name,-16} {entry.Text} ({entry.Rate:0}{(entry.Name == "connections" ? "" : "/s")}, {entry.Seconds:0} s)"));
        }
        return 0;
    }
}

using System.Globalization;

namespace PyAirtable.Hosting.Data.Copying;

/// <summary>Says how far a long step is, once a second at most.</summary>
internal sealed class CopyProgress(TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _last = clock.GetTimestamp();

    /// <summary>Says where it is, if a second has passed since it last said so.</summary>
    public async Task ReportAsync(string step, string table, long rows, long total)
    {
        if (clock.GetElapsedTime(_last) >= Interval)
        {
            _last = clock.GetTimestamp();
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{step} {table}: {rows:N0} of {total:N0} rows"));
        }
    }
}

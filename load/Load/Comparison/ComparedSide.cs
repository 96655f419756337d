using System.Globalization;
using PyAirtable.Testing;

namespace PyAirtable.Load.Comparison;

/// <summary>One of the two that are compared.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Command">Executable and arguments that serve on a port of 127.0.0.1.</param>
internal sealed record ComparedSide(string Name, Func<int, IReadOnlyList<string>> Command)
{
    /// <summary>The all-in-one; it reads its port from the environment.</summary>
    public static readonly ComparedSide Ours = new("ours", static _ => [PublishedExecutable.AllInOne, "serve"]);

    /// <summary>The Python baseline with one worker, by Debian's interpreter, for which its packages are. It writes its own access log.</summary>
    public static readonly ComparedSide Python = new("Python", static port =>
    [
        "/usr/bin/python3", "-m", "uvicorn", "baseline.app:app", "--app-dir", Path.Combine(PublishedExecutable.Root, "load", "python-baseline"), "--host", "127.0.0.1",
        "--port", port.ToString(CultureInfo.InvariantCulture), "--no-access-log", "--log-level", "warning",
    ]);
}

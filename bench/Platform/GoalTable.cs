using System.Globalization;

namespace PyAirtable.Bench.Platform;

/// <summary>Prints goals with what was reached, a line each.</summary>
internal sealed class GoalTable
{
    private bool _fallsShort;

    /// <summary>0 if all goals are met.</summary>
    public int ExitCode => _fallsShort ? 1 : 0;

    /// <summary>Prints the head.</summary>
    public static void WriteHead() => Console.WriteLine($"{"goal",-58} {"ours",10} {"yardstick",10} {"ratio",6}  verdict");

    /// <summary>A figure that shall be at least as high.</summary>
    public void AtLeast(string goal, double ours, double yardstick) => Write(goal, ours, yardstick, ours >= yardstick);

    /// <summary>A figure that shall be at most as high.</summary>
    public void AtMost(string goal, double ours, double yardstick) => Write(goal, ours, yardstick, ours <= yardstick);

    private void Write(string goal, double ours, double yardstick, bool passes)
    {
        _fallsShort |= !passes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{goal,-58} {ours,10:0.#} {yardstick,10:0.#} {(yardstick == 0 ? "" : (ours / yardstick).ToString("0.00", CultureInfo.InvariantCulture)),6}  {(passes ? "pass" : "fall short")}"));
    }
}

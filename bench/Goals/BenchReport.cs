using System.Globalization;

namespace PyAirtable.Bench.Goals;

/// <summary>
/// What a bench found: goals, each a line on the terminal as soon as it is known, and figures and tables beside them. At the end all of it
/// is in <c>artifacts/bench/&lt;bench&gt;.json</c> and <c>.md</c>.
/// </summary>
/// <param name="bench">The bench's name, which is that of the files.</param>
/// <param name="folder">Where the files go.</param>
public sealed class BenchReport(string bench, string folder = "artifacts/bench")
{
    private readonly List<GoalLine> _goals = [];
    private readonly List<Figure> _figures = [];
    private readonly List<Table> _tables = [];

    /// <summary>The bench's name.</summary>
    public string Bench { get; } = bench;

    /// <summary>What was asked for: <c>BENCH_COMMAND</c>, which the scripts set, else this program's name and arguments: no folder of the machine.</summary>
    public string Command { get; } = Environment.GetEnvironmentVariable("BENCH_COMMAND") is { Length: > 0 } given
        ? given
        : string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Prepend(Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0])));

    /// <summary>When it began.</summary>
    public DateTimeOffset Began { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>The machine as it was then.</summary>
    public Machine Machine { get; } = Machine.Read();

    /// <summary>Goals so far.</summary>
    public IReadOnlyList<GoalLine> Goals => _goals;

    /// <summary>Figures so far.</summary>
    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>Tables so far.</summary>
    public IReadOnlyList<Table> Tables => _tables;

    /// <summary>0 if all goals are met, else 1.</summary>
    public int ExitCode => _goals.TrueForAll(static goal => goal.IsMet) ? 0 : 1;

    /// <summary>A figure that shall be at least so much.</summary>
    /// <param name="goal">What is measured, and under what load.</param>
    /// <param name="ours">What was measured; NaN where nothing was, which falls short.</param>
    /// <param name="unit">Unit of both, as <see cref="Quantity"/> writes it.</param>
    /// <param name="yardstick">What it is compared with.</param>
    /// <param name="whose">Whose figure the yardstick is.</param>
    /// <param name="times">How many times the yardstick is asked for.</param>
    /// <param name="ratio">Ours by the yardstick where it was measured as such, as the median of rounds; else it is worked out.</param>
    public void AtLeast(string goal, double ours, string unit, double yardstick, string whose = "goal", double times = 1, double? ratio = null)
    {
        var reached = ratio ?? ours / yardstick;
        Add(goal, new(ours, unit), new(new(yardstick, unit), whose, times), reached, yardstick == 0 ? ours >= 0 : reached >= times);
    }

    /// <summary>A figure that shall be at most so much; parameters as those of <see cref="AtLeast"/>.</summary>
    public void AtMost(string goal, double ours, string unit, double yardstick, string whose = "goal", double times = 1, double? ratio = null)
    {
        var reached = ratio ?? ours / yardstick;
        Add(goal, new(ours, unit), new(new(yardstick, unit), whose, times), reached, yardstick == 0 ? ours <= 0 : reached <= times);
    }

    /// <summary>A figure that shall be below the yardstick; parameters as those of <see cref="AtLeast"/>.</summary>
    public void Below(string goal, double ours, string unit, double yardstick, string whose = "goal", double? ratio = null)
    {
        var reached = ratio ?? ours / yardstick;
        Add(goal, new(ours, unit), new(new(yardstick, unit), whose, 1), reached, reached < 1);
    }

    /// <summary>A count that shall be 0, such as of errors.</summary>
    public void None(string goal, long count) => AtMost(goal, count, "", 0);

    /// <summary>A figure without a goal.</summary>
    public void Add(string name, double value, string unit) => Add(name, new Quantity(value, unit).ToString());

    /// <summary>A figure without a goal, as text.</summary>
    public void Add(string name, string value)
    {
        _figures.Add(new(name, value));
        Console.WriteLine($"  {name}: {value}");
    }

    /// <summary>A table beside the goals.</summary>
    public void Add(Table table)
    {
        _tables.Add(table);
        Console.Write(table.ToText());
    }

    /// <summary>Writes the files and gives the exit code.</summary>
    public int Finish()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Bench);
        File.WriteAllBytes(path + ".json", JsonReport.Write(this));
        File.WriteAllText(path + ".md", MarkdownReport.Write(this));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_goals.Count(static goal => goal.IsMet)} of {_goals.Count} goals met; {path}.json, {path}.md"));
        return ExitCode;
    }

    private void Add(string goal, Quantity ours, Yardstick yardstick, double ratio, bool isMet)
    {
        if (_goals.Count == 0)
        {
            Console.WriteLine("goal, ours, yardstick, ratio, verdict");
        }

        _goals.Add(new(goal, ours, yardstick, double.IsFinite(ratio) ? ratio : null, isMet));
        Console.WriteLine(_goals[^1]);
    }
}

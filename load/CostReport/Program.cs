// What each way to run the product costs a month; load/cost and load/measure call it.
using System.Text.Json;
using PyAirtable.Bench.Goals;
using PyAirtable.Cost.Model;
using PyAirtable.Cost.Reports;

string[] options = ["--prices", "--profile", "--measured", "--html"];
try
{
    if (args is ["measure", var file, .. var reports] && reports.Length > 0)
    {
        var machine = Machine.Read();
        var run = InputFile.Read(file, InputJson.Default.MeasuredRun);
        run = reports.Aggregate(run, (so, report) => so.With($"{machine.Cores} cores of {machine.Processor}", InputFile.Read(report, LoadRunJson.Default.LoadRun)));
        File.WriteAllText(file, JsonSerializer.Serialize(run, InputJson.Readable.MeasuredRun) + "\n");
        return 0;
    }
    if (args.Length % 2 != 0 || args.Where((_, i) => i % 2 == 0).Any(name => !options.Contains(name)))
    {
        Console.WriteLine("""
            Usage: load/cost [options]
              --prices file    what the provider asks (load/prices.json)
              --profile file   requests, peaks, headroom (load/profile.json)
              --measured file  what the programs need (load/measured.json, written by load/measure)
              --html file      where the page goes (artifacts/load/cost.html)
            """);
        return args is ["--help"] or ["-h"] ? 0 : 2;
    }
    var inputs = Inputs.Read(Option("--prices", "load/prices.json"), Option("--profile", "load/profile.json"), Option("--measured", "load/measured.json"));
    Bill[] bills = [.. Stack.All.Select(stack => Bill.Of(stack, inputs))];
    var page = Path.GetFullPath(Option("--html", "artifacts/load/cost.html"));
    Directory.CreateDirectory(Path.GetDirectoryName(page)!);
    File.WriteAllText(page, HtmlReport.Write(bills, inputs));
    Console.WriteLine($"as a page: {page}");
    var goals = new BenchReport("cost");
    CostGoals.Tell(goals, bills);
    Console.Write(TextReport.Write(bills, inputs));
    return goals.Finish();
}
catch (InputException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : fallback;

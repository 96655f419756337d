// What each way to run the product costs a month. Usage: load/cost [--prices file] [--profile file] [--measured file] [--html file]
using PyAirtable.Cost.Model;
using PyAirtable.Cost.Reports;

string[] options = ["--prices", "--profile", "--measured", "--html"];
if (args.Length % 2 != 0 || args.Where((_, i) => i % 2 == 0).Any(name => !options.Contains(name)))
{
    Console.WriteLine("""
        Usage: load/cost [options]
          --prices file    what the provider asks (load/prices.json)
          --profile file   requests, peaks, headroom (load/profile.json)
          --measured file  what the programs need (load/measured.json)
          --html file      where the page goes (artifacts/load/cost.html)
        """);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : fallback;
try
{
    var inputs = Inputs.Read(Option("--prices", "load/prices.json"), Option("--profile", "load/profile.json"), Option("--measured", "load/measured.json"));
    Bill[] bills = [.. Stack.All.Select(stack => Bill.Of(stack, inputs))];
    Console.Write(TextReport.Write(bills, inputs));
    var page = Path.GetFullPath(Option("--html", "artifacts/load/cost.html"));
    Directory.CreateDirectory(Path.GetDirectoryName(page)!);
    File.WriteAllText(page, HtmlReport.Write(bills, inputs));
    Console.WriteLine($"as a page: {page}");
    return 0;
}
catch (InputException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

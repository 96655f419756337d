// Writes docs/performance.md from the results of benches, and the headlines from it into README.md. Usage: PerformancePage <folder of results> <page> <readme> <bench>...
using PyAirtable.Bench.PerformancePage;

if (args is not [var folder, var page, var readme, .. var benches] || benches.Length == 0)
{
    Console.Error.WriteLine("usage: PerformancePage <folder of results> <page> <readme> <bench>...; bench/performance calls it");
    return 2;
}
try
{
    var results = Results.Read(folder, benches);
    File.WriteAllText(page, Page.Write(results));
    File.WriteAllText(readme, Readme.WithHeadlines(File.ReadAllText(readme), results));
    Console.WriteLine($"{page}: {results.Summary}");
    return 0;
}
catch (FormatException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 1;
}

// Text extraction of the published automation service beside the libraries of the Python one: processor time of a file's text.
// Usage: Extraction <executable> <folder for files> [turns]
using System.Globalization;
using PyAirtable.Bench.Extraction;
using PyAirtable.Bench.Goals;

var (executable, folder, turns) = (args[0], args[1], args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5);
Directory.CreateDirectory(folder);
var python = Path.Combine(AppContext.BaseDirectory, "yardstick.py");

// A new format is one more line: its name, its file, and the command that is its yardstick; that of Python says its own time.
ExtractionCase[] cases =
[
    new("DOCX, 3,000 paragraphs of 3 runs", "paragraphs.docx", Documents.WriteParagraphs, "python-docx", path => ChildCost.Reported("/usr/bin/python3", python, "docx", path)),
    new("DOCX, 20 tables of 20 rows", "tables.docx", Documents.WriteTables, "python-docx", path => ChildCost.Reported("/usr/bin/python3", python, "docx", path)),
    new("XLSX, 20 sheets of 1,000 rows", "sheets.xlsx", path => Workbooks.Write(path, 20, 1001), "openpyxl", path => ChildCost.Reported("/usr/bin/python3", python, "xlsx", path)),
    new("XLSX, the same sheets as the Python service reads them", "sheets.xlsx", path => Workbooks.Write(path, 20, 1001), "pandas", path => ChildCost.Reported("/usr/bin/python3", python, "pandas", path)),
    new("XLSX, a million cells in a sheet", "million.xlsx", path => Workbooks.Write(path, 1, 50_000), "openpyxl", path => ChildCost.Reported("/usr/bin/python3", python, "xlsx", path)),
];

const double Times = 20;
string[] bounds = ["536870912", "300", "1000"];
var empty = Path.GetFullPath(Path.Combine(folder, "empty.docx"));
File.WriteAllBytes(empty, []);
var report = new BenchReport("extraction");
foreach (var one in cases)
{
    var path = Path.GetFullPath(Path.Combine(folder, one.File));
    one.Write(path);
    // Turn by turn, so that other work on the machine falls on all. Neither side's start counts: Python's is longer than many extractions.
    var (start, ours, theirs) = (double.MaxValue, double.MaxValue, double.MaxValue);
    for (var i = 0; i < turns; i++)
    {
        start = Math.Min(start, ChildCost.Measured(executable, ["extract-text", empty, .. bounds]));
        ours = Math.Min(ours, ChildCost.Measured(executable, ["extract-text", path, .. bounds]));
        theirs = Math.Min(theirs, one.Yardstick(path));
    }

    // Texts a second of one core.
    report.AtLeast($"texts per CPU-second: {one.Name}", 1000 / (ours - start), "/s", 1000 / theirs, one.Whose, Times);
    report.Add($"CPU of ours with the child's start of {Quantity.Format(start)} ms: {one.Name}", ours, "ms");
}

var elapsed = Enumerable.Range(0, 20).Min(_ => ChildCost.Elapsed(executable, ["extract-text", empty, .. bounds]));
report.Add("start and end of a child", elapsed, "ms");
return report.Finish();

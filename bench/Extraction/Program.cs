// Text extraction of the published automation service beside the libraries of the Python one: processor time of a file's text.
// Usage: Extraction <executable> <folder for files> [turns]
using System.Globalization;
using PyAirtable.Bench.Extraction;
using PyAirtable.Bench.Goals;

var (executable, folder, turns) = (args[0], args[1], args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5);
Directory.CreateDirectory(folder);
var python = Path.Combine(AppContext.BaseDirectory, "yardstick.py");

// A new format is one more line: its name, its file, and its yardstick.
ExtractionCase[] cases =
[
    new("DOCX, 3,000 paragraphs of 3 runs", "paragraphs.docx", Documents.WriteParagraphs, "python-docx", "docx"),
    new("DOCX, 20 tables of 20 rows", "tables.docx", Documents.WriteTables, "python-docx", "docx"),
    new("XLSX, 20 sheets of 1,000 rows", "sheets.xlsx", path => Workbooks.Write(path, 20, 1001), "openpyxl", "xlsx"),
    new("XLSX, the same sheets as the Python service reads them", "sheets.xlsx", path => Workbooks.Write(path, 20, 1001), "pandas", "pandas"),
    new("XLSX, the first 1,000 rows of a million cells", "million.xlsx", path => Workbooks.Write(path, 1, 50_000), "openpyxl", "xlsx"),
];

const double Times = 20;
// A child takes milliseconds, and its start as many as some of the texts: one of each a turn would leave their difference to chance.
const int ChildrenPerTurn = 5;
string[] bounds = ["536870912", "300", "1000"];
var empty = Path.GetFullPath(Path.Combine(folder, "empty.docx"));
File.WriteAllBytes(empty, []);
var report = new BenchReport("extraction");
foreach (var one in cases)
{
    var path = Path.GetFullPath(Path.Combine(folder, one.File));
    one.Write(path);
    // Turn by turn, so that other work on the machine falls on all.
    List<double> starts = [], ours = [], theirs = [], theirWholes = [];
    for (var i = 0; i < turns * ChildrenPerTurn; i++)
    {
        starts.Add(ChildCost.Whole(executable, ["extract-text", empty, .. bounds]));
        ours.Add(ChildCost.Whole(executable, ["extract-text", path, .. bounds]));
        if (i % ChildrenPerTurn == 0)
        {
            var (all, work) = ChildCost.WholeAndWork("/usr/bin/python3", "-W", "ignore", python, one.Yardstick, path);
            theirs.Add(work);
            theirWholes.Add(all);
        }
    }

    // The goal is about the work, texts a second of one core: no start of either side counts. A child's start is that of the executable,
    // which knows how to do much else; Python's is longer than many extractions. Both stand beside it, since a child starts for each file.
    var (start, whole, theirWork, theirWhole) = (Quantile.Median(starts), Quantile.Median(ours), Quantile.Median(theirs), Quantile.Median(theirWholes));
    report.AtLeast($"texts per CPU-second: {one.Name}", 1000 / (whole - start), "/s", 1000 / theirWork, one.Whose, Times);
    report.Add($"CPU with the child's start of {Quantity.Format(start)} ms: {one.Name}", string.Create(
        CultureInfo.InvariantCulture,
        $"{Quantity.Format(whole)} ms; {one.Whose} {Quantity.Format(theirWork)} ms ({Quantity.Format(theirWork / whole)} times), with Python's start {Quantity.Format(theirWhole)} ms ({Quantity.Format(theirWhole / whole)} times)"));
}

var elapsed = Enumerable.Range(0, 20).Min(_ => ChildCost.Elapsed(executable, ["extract-text", empty, .. bounds]));
report.Add("start and end of a child", elapsed, "ms");
return report.Finish();

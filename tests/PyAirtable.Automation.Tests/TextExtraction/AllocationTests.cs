using System.Globalization;
using System.Text.Json;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.TextExtraction;

/// <summary>What a further cell of a table allocates, by the budgets of <c>bench/budgets.json</c>.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Columns = 10;
    private const int FewRows = 200;
    private const int ManyRows = 1000;

    private readonly TextExtractors _extractors = new(maxPdfPages: 1);

    [Theory]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public async Task Extract_FurtherCells_StayWithinTheirBudget(string extension)
    {
        var budgets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(PublishedExecutable.Root, "bench", "budgets.json"), TestContext.Current.CancellationToken)).RootElement;
        var budget = budgets.GetProperty("allocatedBytesPerCell").GetProperty(extension[1..]).GetDouble();
        var cell = (double)(Allocated(extension, ManyRows) - Allocated(extension, FewRows)) / ((ManyRows - FewRows) * Columns);

        output.WriteLine($"bytes per cell: {cell:F1}");
        Assert.InRange(cell, 1, budget);
    }

    // The second time: the first takes what is needed once.
    private long Allocated(string extension, int rows)
    {
        using var file = new TemporaryFile(extension == ".csv" ? Csv(rows) : Xlsx(rows), extension);
        _extractors.Extract(file.Path, TestContext.Current.CancellationToken);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _extractors.Extract(file.Path, TestContext.Current.CancellationToken);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Csv(int rows) => System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, rows + 1).Select(row =>
        string.Join(',', Enumerable.Range(0, Columns).Select(column => row == 0 ? $"name{column}" : Value(row, column))) + "\n")));

    private static byte[] Xlsx(int rows) => OfficeFile.Xlsx(("S", OfficeFile.Row([.. Enumerable.Range(0, Columns).Select(column => $"name{column}")]) + string.Concat(Enumerable.Range(1, rows).Select(row =>
        $"<row>{string.Concat(Enumerable.Range(0, Columns).Select(column => $"<c><v>{Value(row, column)}</v></c>"))}</row>"))));

    private static string Value(int row, int column) => (column % 2 == 0 ? row * column : row / 8.0).ToString(CultureInfo.InvariantCulture);
}

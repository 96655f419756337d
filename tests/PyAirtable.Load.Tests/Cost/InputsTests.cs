using PyAirtable.Cost.Model;
using PyAirtable.Cost.Reports;
using PyAirtable.Testing;

namespace PyAirtable.Load.Tests.Cost;

public sealed class InputsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cost-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_FilesOfTheProject_GiveABillForEveryStack()
    {
        var inputs = Inputs.Read(Of("prices.json"), Of("profile.json"), Of("measured.json"));
        Bill[] bills = [.. Stack.All.Select(stack => Bill.Of(stack, inputs))];

        Assert.All(bills, bill => Assert.All(bill.Lines, line => Assert.True(line.Usd > 0, line.Name)));
        var (text, page) = (TextReport.Write(bills, inputs), HtmlReport.Write(bills, inputs));
        Assert.All(Stack.All, stack => Assert.Contains(stack.Name, text, StringComparison.Ordinal));
        Assert.All(Stack.All, stack => Assert.Contains($"<h2>{stack.Name}</h2>", page, StringComparison.Ordinal));
        Assert.All(inputs.Prices.Prices.Values, price => Assert.NotEmpty(price.Source));
    }

    [Theory]
    [InlineData("{", "prices.json: ")]
    [InlineData("""{"region":"r","date":"d"}""", "prices.json: ")]
    [InlineData("""{"region":"r","date":"d","prices":{},"price":1}""", "prices.json: ")]
    public void Read_MalformedFile_SaysWhich(string text, string message)
    {
        var path = Path.Combine(_folder, "prices.json");
        File.WriteAllText(path, text);

        Assert.Contains(message, Assert.Throws<InputException>(() => Inputs.Read(path, Of("profile.json"), Of("measured.json"))).Message, StringComparison.Ordinal);
    }

    private static string Of(string name) => Path.Combine(PublishedExecutable.Root, "load", name);
}

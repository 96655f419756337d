using System.Text;
using PyAirtable.Automation.TextExtraction;

namespace PyAirtable.Automation.Tests.TextExtraction;

public sealed class JustifiedTextTests
{
    [Fact]
    public void Add_CellsOfAllLengths_StandBehindTheirBlanks()
    {
        using var written = new MemoryStream();
        var text = new JustifiedText(written);
        var expected = new StringBuilder();
        // Cells and blanks around the lengths of vectors and of a piece, with other text behind them or none.
        foreach (var (length, blanks, behind) in
            from length in (int[])[0, 1, 15, 16, 17, 31, 32, 33, 1000, 70_000]
            from blanks in (int[])[0, 1, 15, 16, 17, 40, 65_536, 100_000]
            from behind in (int[])[0, 5, 100]
            select (length, blanks, behind))
        {
            var cell = new string((char)('a' + (length % 7)), length);
            text.Add(Encoding.ASCII.GetBytes(cell + new string('#', behind)), length, blanks, (byte)'\n');
            expected.Append(' ', blanks).Append(cell).Append('\n');
        }
        text.Complete();

        Assert.Equal(expected.ToString()[..^1], Encoding.ASCII.GetString(written.ToArray()));
    }
}

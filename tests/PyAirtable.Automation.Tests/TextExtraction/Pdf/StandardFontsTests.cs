using PyAirtable.Automation.TextExtraction.Pdf;
using UglyToad.PdfPig.Fonts.Standard14Fonts;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

/// <summary>The tests' own process is not compiled ahead, so the library has filled its tables itself: ours must be the same.</summary>
public sealed class StandardFontsTests
{
    [Fact]
    public void Names_All_AreTheLibrarys() => Assert.Equal(
        Standard14.GetNames().Select(static name => (name, Standard14.GetMappedFontName(name))).Order(),
        StandardFonts.Names.SelectMany(static names => names.Select(name => (name, names[0]))).Order());

    [Fact]
    public void Read_EachFont_GivesTheLibrarysMetrics()
    {
        foreach (var names in StandardFonts.Names)
        {
            var (ours, theirs) = (StandardFonts.Read(names[0]), Standard14.GetAdobeFontMetrics(names[0]));

            Assert.Equal((theirs.FontName, theirs.Ascender, theirs.Descender, theirs.BoundingBox.ToString()), (ours.FontName, ours.Ascender, ours.Descender, ours.BoundingBox.ToString()));
            Assert.Equal(
                theirs.CharacterMetrics.Select(static pair => (pair.Key, pair.Value.CharacterCode, pair.Value.Width.X)),
                ours.CharacterMetrics.Select(static pair => (pair.Key, pair.Value.CharacterCode, pair.Value.Width.X)));
        }
    }
}

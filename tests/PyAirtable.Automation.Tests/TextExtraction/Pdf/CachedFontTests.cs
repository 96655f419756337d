using PyAirtable.Automation.TextExtraction.Pdf;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.PdfFonts;
using UglyToad.PdfPig.Tokens;

namespace PyAirtable.Automation.Tests.TextExtraction.Pdf;

public sealed class CachedFontTests
{
    private readonly CountingFont _font = new();

    [Fact]
    public void Find_SameCharacterAgain_AsksTheFontOnce()
    {
        var cached = new CachedFont(_font);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(cached.TryGetUnicode('a', out var text));
            Assert.Equal("a", text);
            _ = cached.GetBoundingBox('a');
            Assert.True(cached.TryGetUnicode('b', out _));
        }

        Assert.Equal(2, _font.Asked);
    }

    [Fact]
    public void TryGetUnicode_UnknownCharacter_IsFalse() => Assert.False(new CachedFont(_font).TryGetUnicode(0, out _));

    private sealed class CountingFont : IFont
    {
        public int Asked { get; private set; }

        public NameToken Name => NameToken.Create("Font");

        public bool IsVertical => false;

        public FontDetails Details => new("Font", false, FontDetails.DefaultWeight, false);

        public int ReadCharacterCode(IInputBytes bytes, out int codeLength) => throw new NotSupportedException();

        public bool TryGetUnicode(int characterCode, out string value)
        {
            Asked++;
            value = $"{(char)characterCode}";
            return characterCode != 0;
        }

        public CharacterBoundingBox GetBoundingBox(int characterCode) => default!;

        public TransformationMatrix GetFontMatrix() => TransformationMatrix.Identity;

        public double GetDescent() => 0;

        public double GetAscent() => 1;

        public bool TryGetPath(int characterCode, out IReadOnlyList<PdfSubpath> path) => throw new NotSupportedException();

        public bool TryGetNormalisedPath(int characterCode, out IReadOnlyList<PdfSubpath> path) => throw new NotSupportedException();
    }
}

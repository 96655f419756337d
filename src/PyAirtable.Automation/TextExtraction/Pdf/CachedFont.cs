using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.PdfFonts;
using UglyToad.PdfPig.Tokens;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>Keeps what a font says of its characters: the library finds it anew, by names and encodings, each time one is shown.</summary>
internal sealed class CachedFont(IFont font) : IFont
{
    // Codes have up to four bytes; an honest font has no more characters than this.
    private const int MostCharacters = 65_536;

    private readonly Dictionary<int, Character> _characters = [];
    private Character? _last;

    public NameToken Name => font.Name!;

    public bool IsVertical => font.IsVertical;

    public FontDetails Details => font.Details;

    public int ReadCharacterCode(IInputBytes bytes, out int codeLength) => font.ReadCharacterCode(bytes, out codeLength);

    public bool TryGetUnicode(int characterCode, out string value)
    {
        var character = Find(characterCode);
        value = character.Unicode!;
        return character.Unicode is not null;
    }

    public CharacterBoundingBox GetBoundingBox(int characterCode) => Find(characterCode).Box;

    public TransformationMatrix GetFontMatrix() => font.GetFontMatrix();

    public double GetDescent() => font.GetDescent();

    public double GetAscent() => font.GetAscent();

    public bool TryGetPath(int characterCode, out IReadOnlyList<PdfSubpath> path) => font.TryGetPath(characterCode, out path!);

    public bool TryGetNormalisedPath(int characterCode, out IReadOnlyList<PdfSubpath> path) => font.TryGetNormalisedPath(characterCode, out path!);

    // Both questions are asked of a character, one after the other.
    private Character Find(int code)
    {
        if (_last is { } last && last.Code == code)
        {
            return last;
        }
        if (!_characters.TryGetValue(code, out var character))
        {
            if (_characters.Count == MostCharacters)
            {
                _characters.Clear();
            }
            character = new(code, font.TryGetUnicode(code, out var unicode) ? unicode : null, font.GetBoundingBox(code));
            _characters.Add(code, character);
        }
        _last = character;
        return character;
    }

    private sealed record Character(int Code, string? Unicode, CharacterBoundingBox Box);
}

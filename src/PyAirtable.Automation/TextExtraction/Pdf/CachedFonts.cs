using System.Diagnostics.CodeAnalysis;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics.Colors;
using UglyToad.PdfPig.Parser.Parts;
using UglyToad.PdfPig.PdfFonts;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace PyAirtable.Automation.TextExtraction.Pdf;

/// <summary>A document's resources, whose fonts keep what they have found. Metrics of standard fonts are read before the library asks for them.</summary>
internal sealed class CachedFonts(IResourceStore store, IPdfTokenScanner scanner) : IResourceStore
{
    private readonly Dictionary<IFont, IFont> _fonts = new(ReferenceEqualityComparer.Instance);

    public IFont? GetFont(NameToken name) => Cached(store.GetFont(name));

    public IFont GetFontDirectly(IndirectReferenceToken fontReferenceToken)
    {
        LoadStandardFont(fontReferenceToken);
        return Cached(store.GetFontDirectly(fontReferenceToken))!;
    }

    public void LoadResourceDictionary(DictionaryToken resourceDictionary)
    {
        if (resourceDictionary.TryGet(NameToken.Font, out var token) && DirectObjectFinder.TryGet(token, scanner, out DictionaryToken? fonts))
        {
            foreach (var font in fonts.Data.Values)
            {
                LoadStandardFont(font);
            }
        }
        store.LoadResourceDictionary(resourceDictionary);
    }

    public void UnloadResourceDictionary() => store.UnloadResourceDictionary();

    public bool TryGetXObject(NameToken name, [NotNullWhen(true)] out StreamToken? stream) => store.TryGetXObject(name, out stream);

    public bool TryGetXObjectReference(NameToken name, out IndirectReference reference) => store.TryGetXObjectReference(name, out reference);

    public DictionaryToken? GetExtendedGraphicsStateDictionary(NameToken name) => store.GetExtendedGraphicsStateDictionary(name);

    public bool TryGetNamedColorSpace(NameToken name, out ResourceColorSpace namedColorSpace) => store.TryGetNamedColorSpace(name, out namedColorSpace);

    public ColorSpaceDetails GetColorSpaceDetails(NameToken? name, DictionaryToken? dictionary) => store.GetColorSpaceDetails(name, dictionary);

    public ColorSpaceDetails GetDeviceColorSpaceDetails(ColorSpace deviceColorSpace) => store.GetDeviceColorSpaceDetails(deviceColorSpace);

    public DictionaryToken? GetMarkedContentPropertiesDictionary(NameToken name) => store.GetMarkedContentPropertiesDictionary(name);

    public IReadOnlyDictionary<NameToken, PatternColor> GetPatterns() => store.GetPatterns();

    public Shading GetShading(NameToken name) => store.GetShading(name);

    private void LoadStandardFont(IToken token)
    {
        if (DirectObjectFinder.TryGet(token, scanner, out DictionaryToken? font)
            && font.TryGet(NameToken.BaseFont, out var named)
            && DirectObjectFinder.TryGet(named, scanner, out NameToken? name))
        {
            StandardFonts.Load(name.Data);
        }
    }

    // The library asks those that run down the page, and those that are drawings, for more than other fonts have.
    private IFont? Cached(IFont? font)
    {
        if (font is null || font.IsVertical || font is IType3Font)
        {
            return font;
        }
        if (!_fonts.TryGetValue(font, out var cached))
        {
            cached = new CachedFont(font);
            _fonts.Add(font, cached);
        }
        return cached;
    }
}

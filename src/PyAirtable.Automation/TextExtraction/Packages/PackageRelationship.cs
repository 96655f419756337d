namespace PyAirtable.Automation.TextExtraction.Packages;

/// <summary>A tie from a part of an office document, or from the whole, to another part (ECMA-376 part 2).</summary>
/// <param name="Id">What the part calls it.</param>
/// <param name="Type">The last piece of its type's URI: <c>officeDocument</c>, <c>worksheet</c>.</param>
/// <param name="Target">The other part's full name, without a leading slash.</param>
internal sealed record PackageRelationship(string Id, string Type, string Target)
{
    // Beyond these a document has no parts of its own to tie to.
    private const int Most = ExtractionLimits.MaxParts;

    /// <summary>All ties of a part, of the whole document for an empty name; none when it has none. Those to places outside are left out.</summary>
    public static List<PackageRelationship> Read(ZipPackage package, string part)
    {
        var folder = part[..(part.LastIndexOf('/') + 1)];
        var found = new List<PackageRelationship>();
        using var xml = package.Scan($"{folder}_rels/{part[folder.Length..]}.rels");
        if (xml is null)
        {
            return found;
        }
        while (xml.Read() is not XmlToken.None and var token && found.Count < Most)
        {
            if (token == XmlToken.Start && xml.LocalName.SequenceEqual("Relationship"u8) && ReadOne(xml.Attributes, folder) is { } relationship)
            {
                found.Add(relationship);
            }
        }
        return found;
    }

    private static PackageRelationship? ReadOne(XmlAttributes attributes, string folder)
    {
        string id = "", type = "", target = "";
        while (attributes.Next())
        {
            if (attributes.Name.SequenceEqual("Id"u8))
            {
                id = XmlText.Of(attributes.Value);
            }
            else if (attributes.Name.SequenceEqual("Type"u8))
            {
                type = XmlText.Of(attributes.Value);
            }
            else if (attributes.Name.SequenceEqual("Target"u8))
            {
                target = XmlText.Of(attributes.Value);
            }
            else if (attributes.Name.SequenceEqual("TargetMode"u8) && attributes.Value.SequenceEqual("External"u8))
            {
                return null;
            }
        }
        return new(id, type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target));
    }

    private static string Resolve(string folder, string target)
    {
        var names = new List<string>();
        foreach (var name in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (name == "..")
            {
                names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
            }
            else if (name is not ("" or "."))
            {
                names.Add(name);
            }
        }
        return string.Join('/', names);
    }
}

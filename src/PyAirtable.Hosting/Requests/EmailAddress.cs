using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PyAirtable.Hosting.Requests;

/// <summary>
/// E-mail addresses as the Python services take them (platform contract 0.7): plain or in display form, no DNS, no quoted local
/// parts, no address literals. Letters of any script pass in both parts; they are not folded to one Unicode form.
/// </summary>
public static class EmailAddress
{
    private const string AtomSymbols = "!#$%&'*+-/=?^_`{|}~";
    private const string ReservedDomain = "The part after the @-sign is a special-use or reserved name that cannot be used with email.";
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("<>@\",;:\\()[]");
    private static readonly string[] SpecialUse = ["arpa", "invalid", "local", "localhost", "onion", "test"];

    /// <summary>Reads <paramref name="text"/>; the address has its domain in lower case and its local part as given.</summary>
    /// <param name="text">What the client sent, such as <c>Ada &lt;ada@Example.com&gt;</c>.</param>
    /// <param name="address">The normalised address.</param>
    /// <param name="reason">Why there is none, for the client.</param>
    public static bool TryNormalise(string text, [NotNullWhen(true)] out string? address, out string reason)
    {
        address = null;
        reason = "";
        var plain = Unwrap(text);
        var at = plain.LastIndexOf('@');
        if (at < 0)
        {
            reason = "The email address is not valid. It must have exactly one @-sign.";
            return false;
        }

        var local = plain[..at];
        var domain = plain[(at + 1)..].ToString().ToLowerInvariant();
        reason = FaultOfLocalPart(local) ?? FaultOfDomain(domain) ?? "";
        if (reason.Length == 0 && Encoding.UTF8.GetByteCount(local) + 1 + Encoding.UTF8.GetByteCount(domain) > 254)
        {
            reason = "The email address is too long.";
        }

        if (reason.Length > 0)
        {
            return false;
        }

        address = string.Concat(local, "@", domain);
        return true;
    }

    // "Name <a@b.c>" and "<a@b.c>" become a@b.c; anything else stays.
    private static ReadOnlySpan<char> Unwrap(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var open = trimmed.LastIndexOf('<');
        if (open < 0 || trimmed[^1] != '>')
        {
            return trimmed;
        }

        var name = trimmed[..open].Trim();
        var quoted = name is ['"', .., '"'] && name.Length > 2;
        return !quoted && name.ContainsAny(NotInNames) ? trimmed : trimmed[(open + 1)..^1].Trim();
    }

    private static string? FaultOfLocalPart(ReadOnlySpan<char> local)
    {
        if (local.IsEmpty)
        {
            return "There must be something before the @-sign.";
        }

        if (local.Length > 64)
        {
            return "The email address is too long before the @-sign.";
        }

        if (local[0] == '.' || local[^1] == '.' || local.IndexOf("..") >= 0)
        {
            return "Periods before the @-sign must stand between other characters.";
        }

        foreach (var rune in local.EnumerateRunes())
        {
            if (!IsLetter(rune) && !(rune.IsAscii && (rune.Value == '.' || AtomSymbols.Contains((char)rune.Value))))
            {
                return "The email address contains invalid characters before the @-sign.";
            }
        }

        return null;
    }

    private static string? FaultOfDomain(string domain)
    {
        if (domain.Length == 0)
        {
            return "There must be something after the @-sign.";
        }

        if (domain.Length > 253)
        {
            return "The email address is too long after the @-sign.";
        }

        var labels = domain.Split('.');
        if (labels.Length < 2)
        {
            return Array.Exists(SpecialUse, name => name == domain) ? ReservedDomain : "The part after the @-sign is not valid. It should have a period.";
        }

        foreach (var label in labels)
        {
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return "The part after the @-sign is not valid. Each part between periods has 1 to 63 characters and no hyphen at its ends.";
            }

            foreach (var rune in label.EnumerateRunes())
            {
                if (!IsLetter(rune) && rune.Value != '-')
                {
                    return "The part after the @-sign contains invalid characters.";
                }
            }
        }

        var top = labels[^1];
        return char.IsAsciiDigit(top[^1]) ? "The part after the @-sign is not within a valid top-level domain."
            : Array.Exists(SpecialUse, name => name == top) ? ReservedDomain
            : null;
    }

    // Letters, digits and the marks that belong to letters, in any script.
    private static bool IsLetter(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || (!rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}

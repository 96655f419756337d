using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace PyAirtable.Gateway.Compression;

/// <summary>The <c>Accept-Encoding</c> of a request (RFC 9110, 12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>The coding that the client likes best, and of several such the gateway; identity where the header names nothing else.</summary>
    public static ContentCoding Choose(StringValues header)
    {
        Span<double> weights = stackalloc double[(int)ContentCoding.Identity + 1];
        weights.Fill(double.NaN);
        var others = double.NaN;
        foreach (var line in header)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                Read(line.AsSpan(range), weights, ref others);
            }
        }

        var (best, bestWeight) = (ContentCoding.Identity, 0d);
        for (var coding = ContentCoding.Brotli; coding <= ContentCoding.Identity; coding++)
        {
            var weight = weights[(int)coding];
            // Identity is fine where nothing is said of it, but never better than what is asked for.
            weight = !double.IsNaN(weight) ? weight : coding == ContentCoding.Identity || double.IsNaN(others) ? 0 : others;
            if (weight > bestWeight)
            {
                (best, bestWeight) = (coding, weight);
            }
        }
        return best;
    }

    private static void Read(ReadOnlySpan<char> entry, Span<double> weights, ref double others)
    {
        var semicolon = entry.IndexOf(';');
        var name = (semicolon < 0 ? entry : entry[..semicolon]).Trim();
        var weight = semicolon < 0 ? 1 : Weight(entry[(semicolon + 1)..].Trim());
        if (name is "*")
        {
            others = weight;
        }
        else if (CodingOf(name) is { } coding)
        {
            weights[(int)coding] = weight;
        }
    }

    private static ContentCoding? CodingOf(ReadOnlySpan<char> name) =>
        Is(name, "br") ? ContentCoding.Brotli
        : Is(name, "gzip") || Is(name, "x-gzip") ? ContentCoding.Gzip
        : Is(name, "deflate") ? ContentCoding.Deflate
        : Is(name, "identity") ? ContentCoding.Identity
        : null;

    private static bool Is(ReadOnlySpan<char> name, string coding) => name.Equals(coding, StringComparison.OrdinalIgnoreCase);

    // What cannot be read asks for nothing.
    private static double Weight(ReadOnlySpan<char> parameter) =>
        parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
        && double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? Math.Min(weight, 1)
            : 0;
}

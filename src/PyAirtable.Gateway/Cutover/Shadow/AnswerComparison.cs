using System.Security.Cryptography;
using System.Text.Json;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>Compares two answers: status, the headers that count, JSON by structure, other bodies by their bytes.</summary>
internal static class AnswerComparison
{
    /// <summary>What differs.</summary>
    public static List<Difference> Compare(AnswerCopy first, AnswerCopy second, ShadowSettings settings)
    {
        var found = new List<Difference>();
        if (first.Status != second.Status)
        {
            // Two answers of different meaning differ in all else too.
            found.Add(new Difference("status", "", $"{first.Status}", $"{second.Status}"));
            return found;
        }
        if (!first.HasBody || !second.HasBody)
        {
            return found;
        }
        foreach (var name in settings.Headers)
        {
            var (one, other) = (first.Headers.GetValueOrDefault(name, ""), second.Headers.GetValueOrDefault(name, ""));
            if (!one.Equals(other, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(new Difference("header", name, SampleValue.Of(name, one), SampleValue.Of(name, other)));
            }
        }
        found.AddRange(CompareBodies(first.Body, second.Body, settings.Ignored));
        return found;
    }

    private static List<Difference> CompareBodies(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, IReadOnlyList<string> ignored)
    {
        if (first.Span.SequenceEqual(second.Span))
        {
            return [];
        }
        try
        {
            using var one = JsonDocument.Parse(first);
            using var other = JsonDocument.Parse(second);
            return JsonComparison.Compare(one.RootElement, other.RootElement, ignored);
        }
        catch (JsonException)
        {
            return [new Difference("body", "", Describe(first), Describe(second))];
        }
    }

    private static string Describe(ReadOnlyMemory<byte> body) => $"{body.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 8))}…";
}

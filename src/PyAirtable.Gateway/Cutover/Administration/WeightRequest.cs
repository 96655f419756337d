using System.Text.Json;

namespace PyAirtable.Gateway.Cutover.Administration;

/// <summary>What <c>PUT /api/cutover</c> takes.</summary>
/// <param name="Group">Name of a group.</param>
/// <param name="Weight">Percentage of clients, 0 to 100.</param>
/// <param name="From">The weight that it must have had; null for any.</param>
/// <param name="Reason">Why, for the list of changes; null for none.</param>
internal sealed record WeightRequest(string Group, int Weight, int? From, string? Reason)
{
    private const int LongestReason = 200;

    /// <summary>Reads a body; null where it is none of these.</summary>
    public static WeightRequest? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("group", out var group) && group.ValueKind == JsonValueKind.String
                && TryReadWeight(root, "weight", out var weight) && weight is not null
                && TryReadWeight(root, "from", out var from)
                && TryReadReason(root, out var reason)
                ? new WeightRequest(group.GetString()!, weight.Value, from, reason)
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON, or a text that is none.
            return null;
        }
    }

    private static bool TryReadWeight(JsonElement root, string name, out int? weight)
    {
        weight = null;
        if (!root.TryGetProperty(name, out var sent) || sent.ValueKind == JsonValueKind.Null)
        {
            return true;
        }
        weight = sent.ValueKind == JsonValueKind.Number && sent.TryGetInt32(out var percent) ? percent : null;
        return weight is >= 0 and <= 100;
    }

    private static bool TryReadReason(JsonElement root, out string? reason)
    {
        reason = null;
        if (!root.TryGetProperty("reason", out var sent) || sent.ValueKind == JsonValueKind.Null)
        {
            return true;
        }
        reason = sent.ValueKind == JsonValueKind.String ? sent.GetString() : null;
        return reason is { Length: <= LongestReason };
    }
}

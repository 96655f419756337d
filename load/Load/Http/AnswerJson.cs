using System.Text;
using System.Text.Json;

namespace PyAirtable.Load.Http;

/// <summary>Takes single members out of answers.</summary>
internal static class AnswerJson
{
    /// <summary>Text of the first member of that name, however deep; null if there is none.</summary>
    public static string? Text(HttpAnswer answer, string member) => Find(answer.Body.Span, member);

    /// <summary>The same where the answer must have it.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public static string Need(HttpAnswer answer, string member) => Text(answer, member)
        ?? throw new InvalidOperationException($"no {member} in the answer: {answer.Failure ?? $"{answer.Status} {Encoding.UTF8.GetString(answer.Body.Span)}"}");

    private static string? Find(ReadOnlySpan<byte> json, string member)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(member) && reader.Read())
                {
                    return reader.TokenType switch
                    {
                        JsonTokenType.String => reader.GetString(),
                        JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
                        _ => null,
                    };
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON: it has no members.
        }
        return null;
    }
}

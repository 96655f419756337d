using System.Text.Json;
using System.Text.Json.Serialization;

namespace PyAirtable.Cost.Model;

/// <summary>All that an answer depends on.</summary>
internal sealed record Inputs(PriceFile Prices, Profile Profile, MeasuredRun Run)
{
    /// <summary>Reads the three files.</summary>
    /// <exception cref="InputException">One is missing or malformed.</exception>
    public static Inputs Read(string prices, string profile, string run) => new(
        Read(prices, InputJson.Default.PriceFile), Read(profile, InputJson.Default.Profile), Read(run, InputJson.Default.MeasuredRun));

    private static T Read<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, type) ?? throw new InputException($"{path} is null");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"{path}: {error.Message}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PriceFile))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(MeasuredRun))]
internal sealed partial class InputJson : JsonSerializerContext;

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PyAirtable.Cost.Model;

/// <summary>Files that are written for the cost report: a name that is not known is a mistake.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PriceFile))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(MeasuredRun))]
internal sealed partial class InputJson : JsonSerializerContext
{
    /// <summary>The same for a file that people read too.</summary>
    public static InputJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

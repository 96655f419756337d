using System.Text.Json.Serialization;

namespace PyAirtable.Cost.Model;

/// <summary>Reports of load runs, of which most is of no interest here.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LoadRun))]
internal sealed partial class LoadRunJson : JsonSerializerContext;

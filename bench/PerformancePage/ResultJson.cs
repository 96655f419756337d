using System.Text.Json.Serialization;

namespace PyAirtable.Bench.PerformancePage;

/// <summary>Files of results; what they may have more is of no interest here.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BenchResult))]
internal sealed partial class ResultJson : JsonSerializerContext;

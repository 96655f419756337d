using System.Text.Json.Serialization;

namespace PyAirtable.Load.Upstream;

/// <summary>JSON of plain objects.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class UpstreamJson : JsonSerializerContext;

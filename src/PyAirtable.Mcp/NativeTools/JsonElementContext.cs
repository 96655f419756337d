using System.Text.Json;
using System.Text.Json.Serialization;

namespace PyAirtable.Mcp.NativeTools;

/// <summary>Writes JSON values as they are.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonElementContext : JsonSerializerContext;

using System.Text.Json;

namespace PyAirtable.Load.Upstream;

/// <summary>A record.</summary>
/// <param name="id">Its id.</param>
/// <param name="fields">JSON of its fields.</param>
/// <param name="created">When it was made.</param>
internal sealed class StoredRecord(string id, byte[] fields, string created)
{
    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>JSON of its fields.</summary>
    public byte[] Fields { get; set; } = fields;

    /// <summary>Writes <c>{"id","fields","createdTime"}</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WritePropertyName("fields");
        json.WriteRawValue(Fields, skipInputValidation: true);
        json.WriteString("createdTime", created);
        json.WriteEndObject();
    }
}

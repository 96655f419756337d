using System.Text.Json;

namespace PyAirtable.Hosting.Errors;

/// <summary>Where in a request a value stands: <c>["body","metrics",1,"metric_name"]</c>.</summary>
public sealed class Location
{
    private readonly int _index;
    private readonly string? _name;
    private readonly Location? _parent;

    private Location(Location? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    /// <summary>The request's body.</summary>
    public static Location Body { get; } = new(null, "body", 0);

    /// <summary>The request's query.</summary>
    public static Location Query { get; } = new(null, "query", 0);

    /// <summary>The request's path.</summary>
    public static Location Path { get; } = new(null, "path", 0);

    /// <summary>True where the value or one that holds it is a secret, which no answer may show.</summary>
    internal bool IsSecret => (_name is not null && SecretNames.Contains(_name)) || _parent is { IsSecret: true };

    /// <summary>The member <paramref name="name"/> of this place.</summary>
    public Location Member(string name) => new(this, name, 0);

    /// <summary>The item <paramref name="index"/> (from 0) of this place; also a character offset.</summary>
    public Location Item(int index) => new(this, null, index);

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        WriteParts(json);
        json.WriteEndArray();
    }

    private void WriteParts(Utf8JsonWriter json)
    {
        _parent?.WriteParts(json);
        if (_name is null)
        {
            json.WriteNumberValue(_index);
        }
        else
        {
            json.WriteStringValue(_name);
        }
    }
}

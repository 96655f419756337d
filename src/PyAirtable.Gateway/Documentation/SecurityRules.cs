using System.Text.Json.Nodes;

namespace PyAirtable.Gateway.Documentation;

/// <summary>What a request through the gateway to a service must carry: what the gateway asks for and what the service does.</summary>
internal sealed class SecurityRules
{
    private readonly JsonObject _known;
    private readonly Dictionary<string, string> _schemes;
    private readonly JsonNode? _serviceDefault;

    /// <summary>Takes over the service's schemes into <paramref name="schemes"/>, where they are not there under another name.</summary>
    public SecurityRules(JsonObject schemes, JsonObject service, string name)
    {
        _known = schemes;
        _schemes = [];
        _serviceDefault = service["security"];
        foreach (var (own, scheme) in service["components"]!["securitySchemes"]!.AsObject())
        {
            var known = schemes.FirstOrDefault(candidate => IsSame(candidate.Value!, scheme!)).Key;
            if (known is null)
            {
                known = $"{name}.{own}";
                schemes.Add(known, scheme!.DeepClone());
            }
            _schemes.Add(own, known);
        }
    }

    /// <summary>Every way to satisfy one of the gateway's alternatives and one of the service's at once, by one <c>Authorization</c> at most.</summary>
    public JsonArray Combine(JsonArray gateway, JsonNode? service)
    {
        var asked = Alternatives((service ?? _serviceDefault)?.AsArray(), scheme => _schemes[scheme]);
        var ways = Alternatives(gateway, scheme => scheme).SelectMany(_ => asked, (one, other) => one.Union(other).ToHashSet())
            .Where(way => way.Count(scheme => (string?)_known[scheme]!["type"] == "http") < 2).ToList();
        // What another way asks for and more is none of its own.
        var least = ways.Where((way, at) => !ways.Where((other, index) => other.IsProperSubsetOf(way) || (index < at && other.SetEquals(way))).Any());
        return new JsonArray([.. least.Select(way => new JsonObject(way.Select(scheme => KeyValuePair.Create<string, JsonNode?>(scheme, new JsonArray()))))]);
    }

    private static List<string[]> Alternatives(JsonArray? security, Func<string, string> rename) =>
        security is null or [] ? [[]] : [.. security.Select(way => way!.AsObject().Select(scheme => rename(scheme.Key)).ToArray())];

    private static bool IsSame(JsonNode one, JsonNode other) =>
        Array.TrueForAll(["type", "in", "name", "scheme", "bearerFormat"], (string key) => JsonNode.DeepEquals(one[key], other[key]));
}

using System.Text.Json.Nodes;

namespace PyAirtable.Gateway.Documentation;

/// <summary>The gateway's refusals beside a service's answers.</summary>
/// <param name="product">The gateway's document, in which references are looked up.</param>
internal sealed class RefusedAnswers(JsonObject product)
{
    private const string Json = "application/json";

    /// <summary>Adds <paramref name="refusals"/> but their <c>default</c>; where both have a status, a client may see either body.</summary>
    public void AddTo(JsonObject answers, JsonObject refusals)
    {
        foreach (var (status, refusal) in refusals.Where(entry => entry.Key != "default"))
        {
            answers[status] = answers[status] is { } answer ? Either(Follow(answer), Follow(refusal!)) : refusal!.DeepClone();
        }
    }

    private static JsonObject Either(JsonObject answer, JsonObject refusal)
    {
        var either = answer.DeepClone().AsObject();
        if (!JsonNode.DeepEquals(answer["description"], refusal["description"]))
        {
            either["description"] = $"{answer["description"]} At the gateway: {refusal["description"]}";
        }
        foreach (var (name, header) in refusal["headers"]?.AsObject() ?? [])
        {
            either["headers"] ??= new JsonObject();
            either["headers"]![name] ??= header!.DeepClone();
        }
        if (Schema(refusal) is { } added)
        {
            either["content"] ??= new JsonObject();
            either["content"]![Json] = new JsonObject
            {
                ["schema"] = Schema(answer) is { } own ? new JsonObject { ["anyOf"] = new JsonArray(own, added) } : added,
            };
        }
        return either;
    }

    private static JsonNode? Schema(JsonObject answer) => answer["content"]?[Json]?["schema"]?.DeepClone();

    private JsonObject Follow(JsonNode answer) =>
        answer["$ref"] is { } reference
            ? Follow(reference.GetValue<string>()[2..].Split('/').Aggregate((JsonNode)product, (node, key) => node[key]!))
            : answer.AsObject();
}

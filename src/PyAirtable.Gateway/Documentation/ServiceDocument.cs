using System.Text.Json.Nodes;

namespace PyAirtable.Gateway.Documentation;

/// <summary>
/// The OpenAPI document of one service, to be shown as a client of the gateway sees it: paths under the service's prefix, names
/// under the service's name, and the gateway's own refusals beside the service's. Which those are is read from the gateway's
/// description of the prefix, <c>{prefix}/{path}</c>.
/// </summary>
/// <param name="name">Tag of its operations and first part of its components' names.</param>
/// <param name="prefix">Where the gateway serves it, such as <c>/api/platform</c>.</param>
/// <param name="service">The document, which is taken apart.</param>
internal sealed class ServiceDocument(string name, string prefix, JsonObject service)
{
    private const string Components = "#/components/";

    /// <summary>Moves all paths and components to the gateway's document.</summary>
    public void MoveTo(JsonObject product)
    {
        Rename(service);
        var components = product["components"]!.AsObject();
        var security = new SecurityRules(components["securitySchemes"]!.AsObject(), service, name);
        foreach (var (kind, members) in service["components"]!.AsObject().Where(kind => kind.Key != "securitySchemes"))
        {
            MoveMembers(members!.AsObject(), Child(components, kind), member => $"{name}.{member}");
        }

        var paths = product["paths"]!.AsObject();
        var forwarded = paths[prefix + "/{path}"]!.AsObject();
        var refusals = new RefusedAnswers(product);
        foreach (var (_, item) in service["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject().Where(member => member.Key != "parameters"))
            {
                Complete(operation!.AsObject(), forwarded[method]!.AsObject(), security, refusals);
            }
        }
        MoveMembers(service["paths"]!.AsObject(), paths, path => prefix + path);
    }

    private void Complete(JsonObject operation, JsonObject forward, SecurityRules security, RefusedAnswers refusals)
    {
        operation["tags"] = new JsonArray(JsonValue.Create(name));
        operation["operationId"] = $"{name.ToLowerInvariant()}_{operation["operationId"]}";
        operation["security"] = security.Combine(forward["security"]!.AsArray(), operation["security"]);
        refusals.AddTo(operation["responses"]!.AsObject(), forward["responses"]!.AsObject());
    }

    private void Rename(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Rename(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (key, member) in members.ToArray())
            {
                if (key == "$ref" && member!.GetValue<string>() is var target && target.StartsWith(Components, StringComparison.Ordinal))
                {
                    members[key] = target.Insert(target.LastIndexOf('/') + 1, name + ".");
                }
                Rename(member);
            }
        }
    }

    private static JsonObject Child(JsonObject parent, string key)
    {
        if (parent[key] is null)
        {
            parent[key] = new JsonObject();
        }
        return parent[key]!.AsObject();
    }

    private static void MoveMembers(JsonObject from, JsonObject to, Func<string, string> rename)
    {
        foreach (var (key, member) in from.ToArray())
        {
            from.Remove(key);
            to.Add(rename(key), member);
        }
    }
}

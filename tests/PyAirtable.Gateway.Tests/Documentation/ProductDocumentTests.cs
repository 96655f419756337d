using System.Text.Json;
using System.Text.Json.Nodes;
using PyAirtable.Gateway.Documentation;

namespace PyAirtable.Gateway.Tests.Documentation;

public sealed class ProductDocumentTests
{
    private static readonly string[] Methods = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

    private static readonly JsonNode Document = JsonNode.Parse(ProductDocument.Merge())!;

    public static TheoryData<string, string, string> Services => new()
    {
        { "platform.openapi.json", "/api/platform", "Platform" },
        { "automation.openapi.json", "/api/automation", "Automation" },
        { "mcp.openapi.json", "/api/mcp", "MCP" },
    };

    [Fact]
    public void Info_ByTheContract_IsTheGateways()
    {
        Assert.Equal("3.1.0", (string?)Document["openapi"]);
        Assert.Equal("""{"title":"PyAirtable API Gateway","description":"Central entry point for PyAirtable microservices","version":"1.0.0"}""", Document["info"]!.ToJsonString());
    }

    [Fact]
    public void References_All_Resolve()
    {
        var references = Descendants(Document).OfType<JsonObject>().Select(node => node["$ref"]).OfType<JsonValue>().Select(node => node.GetValue<string>()).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Resolve(reference)));
    }

    [Fact]
    public void Operations_All_HaveOneIdAndAKnownTag()
    {
        var tags = Document["tags"]!.AsArray().Select(tag => (string?)tag!["name"]).ToList();
        var operations = Operations(Document).ToList();

        Assert.Equal(operations.Count, operations.Select(entry => (string?)entry.Operation["operationId"]).Distinct().Count());
        Assert.All(operations, entry => Assert.Contains((string?)entry.Operation["tags"]![0], tags));
        Assert.All(operations, entry => Assert.False(string.IsNullOrEmpty((string?)entry.Operation["summary"])));
    }

    [Fact]
    public void Operations_All_HaveAnErrorAnswerAndDescribeEach() => Assert.All(Operations(Document), entry =>
    {
        var answers = entry.Operation["responses"]!.AsObject();
        Assert.Contains(answers, answer => answer.Key[0] is '4' or '5');
        Assert.All(answers, answer => Assert.NotNull(Follow(answer.Value!)["description"]));
        Assert.All(answers, answer => Assert.Matches("^([1-5][0-9][0-9]|default)$", answer.Key));
    });

    [Fact]
    public void Operations_All_DescribeTheirPathsParameters() => Assert.All(Document["paths"]!.AsObject(), entry =>
    {
        var named = entry.Key.Split('/').Where(part => part.StartsWith('{')).Select(part => part[1..^1]).Order();
        foreach (var operation in Methods.Select(method => entry.Value![method]).OfType<JsonObject>())
        {
            var described = (entry.Value!["parameters"]?.AsArray() ?? []).Concat(operation["parameters"]?.AsArray() ?? [])
                .Where(parameter => (string?)parameter!["in"] == "path").Select(parameter => (string?)parameter!["name"]).Order();
            Assert.Equal(named, described);
        }
    });

    [Fact]
    public void Operations_All_NameKnownSecuritySchemes()
    {
        var schemes = Document["components"]!["securitySchemes"]!.AsObject();

        Assert.Equal(["ApiKey", "ApiKeyInQuery", "Bearer", "CutoverKey", "MCP.Bearer"], schemes.Select(scheme => scheme.Key).Order());
        Assert.All(
            Operations(Document).SelectMany(entry => entry.Operation["security"]?.AsArray() ?? []).SelectMany(way => way!.AsObject()),
            scheme => Assert.True(schemes.ContainsKey(scheme.Key)));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_Operations_StandUnderItsPrefix(string file, string prefix, string name)
    {
        var service = JsonNode.Parse(EmbeddedFile.ReadAll(file))!;

        Assert.NotEmpty(Operations(service));
        Assert.All(Operations(service), entry =>
        {
            var (path, method, own) = entry;
            var merged = Document["paths"]![prefix + path]![method]!;
            Assert.Equal($"{name.ToLowerInvariant()}_{own["operationId"]}", (string?)merged["operationId"]);
            Assert.Equal(name, (string?)merged["tags"]![0]);
            Assert.Superset(own["responses"]!.AsObject().Select(answer => answer.Key).ToHashSet(), merged["responses"]!.AsObject().Select(answer => answer.Key).ToHashSet());
            Assert.All(
                Document["paths"]![prefix + "/{path}"]![method]!["responses"]!.AsObject().Where(answer => answer.Key != "default"),
                answer => Assert.True(merged["responses"]!.AsObject().ContainsKey(answer.Key)));
        });
        Assert.All(service["components"]!["schemas"]!.AsObject(), schema => Assert.NotNull(Document["components"]!["schemas"]![$"{name}.{schema.Key}"]));
    }

    [Fact]
    public void Answer_OfServiceAndGateway_MayBeEither()
    {
        var refused = Document["paths"]!["/api/platform/auth/login"]!["post"]!["responses"]!["401"]!;

        Assert.Equal(
            """{"anyOf":[{"$ref":"#/components/schemas/Platform.Error"},{"$ref":"#/components/schemas/ShortError"}]}""",
            refused["content"]!["application/json"]!["schema"]!.ToJsonString());
    }

    [Theory]
    [InlineData("/api/platform/auth/login", "post", """[{"ApiKey":[]}]""")]
    [InlineData("/api/platform/auth/profile", "get", """[{"ApiKey":[],"Bearer":[]}]""")]
    [InlineData("/api/platform/health", "get", """[{"ApiKey":[]},{"ApiKeyInQuery":[]},{"Bearer":[]}]""")]
    [InlineData("/api/automation/files", "get", """[{"ApiKey":[]}]""")]
    [InlineData("/api/mcp/tools", "get", """[{"ApiKey":[]},{"ApiKeyInQuery":[]},{"Bearer":[]}]""")]
    // A key as a bearer token is the server's, a bearer token the gateway's: a request has place for one of them.
    [InlineData("/api/mcp/mcp", "post", """[{"ApiKey":[]},{"ApiKeyInQuery":[],"MCP.Bearer":[]}]""")]
    public void Security_OfAService_IsTheGatewaysAndItsOwn(string path, string method, string expected) =>
        Assert.Equal(expected, Document["paths"]![path]![method]!["security"]!.ToJsonString());

    [Fact]
    public void Merge_Indented_IsTheSameDocument() => Assert.True(JsonNode.DeepEquals(Document, JsonNode.Parse(ProductDocument.Merge(indented: true))));

    private static IEnumerable<(string Path, string Method, JsonObject Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from member in path.Value!.AsObject()
        where Methods.Contains(member.Key)
        select (path.Key, member.Key, member.Value!.AsObject());

    private static IEnumerable<JsonNode?> Descendants(JsonNode? node) => (node switch
    {
        JsonObject members => members.Select(member => member.Value),
        JsonArray items => items,
        _ => [],
    }).SelectMany(Descendants).Prepend(node);

    private static JsonNode? Resolve(string reference) => reference.Split('/')[1..].Aggregate((JsonNode?)Document, (node, key) => node?[key]);

    private static JsonNode Follow(JsonNode node) => node["$ref"] is { } reference ? Resolve((string)reference!)! : node;
}

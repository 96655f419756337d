using System.Text.Json;
using PyAirtable.Testing;

namespace PyAirtable.Conformance;

/// <summary>The budgets of <c>bench/budgets.json</c>: bytes of each executable and resident memory once it has started and is idle.</summary>
public sealed class BudgetTests
{
    private const double Megabyte = 1024 * 1024;

    private static readonly JsonElement Budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(PublishedExecutable.Root, "bench", "budgets.json"))).RootElement;

    /// <summary>Project, executable, variable of its first port.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "gateway", PublishedExecutable.Gateway, "PORT" },
        { "platform", PublishedExecutable.Platform, "PORT" },
        { "automation", PublishedExecutable.Automation, "PORT" },
        { "mcp", PublishedExecutable.Mcp, "MCP_SERVER_PORT" },
        { "all-in-one", PublishedExecutable.AllInOne, "GATEWAY_PORT" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Executable_Started_KeepsItsBudgets(string name, string executable, string portName)
    {
        var folder = Directory.CreateTempSubdirectory("budget-").FullName;
        var port = FreePort.Next();
        var environment = new Dictionary<string, string>
        {
            ["PLATFORM_PORT"] = "0",
            ["AUTOMATION_PORT"] = "0",
            ["MCP_SERVER_PORT"] = "0",
            ["MANAGEMENT_PORT"] = "0",
            ["API_KEY"] = "budget-key",
            ["JWT_SECRET"] = "budget-secret-budget-secret-budget",
            [portName] = $"{port}",
        };
        await using (var process = ExecutableProcess.Start(executable, folder, environment))
        {
            await process.WaitUntilAnswersAsync(new Uri($"http://127.0.0.1:{port}/health"));

            Assert.InRange(await RestingMegabytesAsync(process, Budget(name, "residentMegabytes")), 1, Budget(name, "residentMegabytes"));
            Assert.InRange(new FileInfo(executable).Length / Megabyte, 1, Budget(name, "executableMegabytes"));
        }
        Directory.Delete(folder, recursive: true);
    }

    // What only the start needed is given back a second after it, later on a busy machine.
    private static async Task<double> RestingMegabytesAsync(ExecutableProcess process, double budget)
    {
        for (var looks = 0; looks < 60 && process.ResidentBytes / Megabyte > budget; looks++)
        {
            await Task.Delay(250);
        }
        return process.ResidentBytes / Megabyte;
    }

    private static double Budget(string name, string figure) => Budgets.GetProperty("executables").GetProperty(name).GetProperty(figure).GetDouble();
}

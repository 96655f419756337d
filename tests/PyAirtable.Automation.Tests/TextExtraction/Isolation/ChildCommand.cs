using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using PyAirtable.Automation.TextExtraction;
using PyAirtable.Automation.TextExtraction.Isolation;

namespace PyAirtable.Automation.Tests.TextExtraction.Isolation;

/// <summary>The extracting child as tests start it: the service's own assembly, since the executable that runs is the tests'.</summary>
internal static class ChildCommand
{
    public static IReadOnlyList<string> Built { get; } =
    [
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet")),
        typeof(AutomationModule).Assembly.Location,
        ExtractionChild.Verb,
    ];

    /// <summary>A shell in the child's place.</summary>
    public static IReadOnlyList<string> Shell(string script) => ["/bin/sh", "-c", script];

    public static ExtractionRunner Runner(IReadOnlyList<string>? command = null, long memory = 256L << 20, TimeSpan? timeout = null, TimeProvider? clock = null)
    {
        var limit = timeout ?? TimeSpan.FromMinutes(1);
        return new(new ExtractionProcess(command ?? Built, memory, limit, maxPdfPages: 1000, NullLogger.Instance), limit, clock ?? TimeProvider.System);
    }
}

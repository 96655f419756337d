using System.Diagnostics;

namespace PyAirtable.Deploy.Tests;

/// <summary>Runs a script of the repository.</summary>
internal static class Script
{
    /// <summary>Its exit code, and all that it wrote.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.PathOf(path), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.PathOf(),
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}

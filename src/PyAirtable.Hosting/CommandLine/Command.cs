
namespace PyAirtable.Hosting.CommandLine;

/// <summary>A verb of an executable's own, which takes arguments.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Summary">What it does, as one line.</param>
/// <param name="Example">An example, after the executable's name.</param>
/// <param name="RunAsync">Does it; the exit code.</param>
public sealed record Command(string Name, string Summary, string Example, Func<CommandLineCall, Task<int>> RunAsync);

namespace PyAirtable.Hosting.CommandLine;

/// <summary>One thing that an executable does.</summary>
/// <param name="Name">Its words: <c>config show</c>.</param>
/// <param name="Summary">What it does, as one line.</param>
/// <param name="Example">An example, after the executable's name.</param>
/// <param name="RunAsync">Does it; the exit code.</param>
internal sealed record Verb(string Name, string Summary, string Example, Func<Task<int>> RunAsync);

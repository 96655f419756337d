namespace PyAirtable.Hosting.Health;

/// <summary>One thing that a service needs to answer well, such as its database.</summary>
/// <param name="Name">Its name in the answer of <c>/ready</c>.</param>
/// <param name="RunAsync">True if it is there; must end within two seconds and never throw.</param>
public sealed record ReadinessCheck(string Name, Func<CancellationToken, Task<bool>> RunAsync);

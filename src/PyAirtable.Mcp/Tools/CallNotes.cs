namespace PyAirtable.Mcp.Tools;

/// <summary>What happens within a call that its client may want to know, such as that it had to wait. Costs nothing where nobody does.</summary>
internal static class CallNotes
{
    private static readonly AsyncLocal<Action<string>?> Listener = new();

    /// <summary>Whoever listens is told of what happens in this call from here on.</summary>
    public static void Listen(Action<string> listener) => Listener.Value = listener;

    /// <summary>Something has happened.</summary>
    /// <param name="text">For the client: nothing secret.</param>
    public static void Add(string text) => Listener.Value?.Invoke(text);
}

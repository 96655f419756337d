namespace PyAirtable.Gateway.Tests.FastPath;

/// <summary>A request and the upstream's answer to it.</summary>
/// <param name="Name">What is special.</param>
/// <param name="Request">The request, raw; all text is Latin-1.</param>
/// <param name="Answer">The upstream's answer, raw; null where it closes the connection instead.</param>
/// <param name="Settings">Settings of the gateway, <c>NAME=value</c> with blanks between; see <see cref="TwoPaths"/>.</param>
/// <param name="Closes">Whether the upstream closes its connection after the answer.</param>
/// <param name="IsFast">Whether the fast path takes it; else it is the server's.</param>
public sealed record EqualityRow(string Name, string Request, string? Answer, string Settings = "", bool Closes = false, bool IsFast = true)
{
    public override string ToString() => Name;
}

namespace PyAirtable.Gateway.Tests.RequestSafety;

/// <summary>A request that servers might read differently, and what becomes of it: see <see cref="SmugglingProbe"/>.</summary>
/// <param name="Name">Shown by the test runner.</param>
/// <param name="Request">The bytes, as Latin-1.</param>
/// <param name="Ours">The gateway's verdict.</param>
/// <param name="HAProxy">That of HAProxy 2.6 with nothing but a frontend and a backend, as <c>bench/run smuggling</c> prints it.</param>
public sealed record SmugglingVector(string Name, string Request, string Ours, string HAProxy)
{
    public override string ToString() => Name;
}

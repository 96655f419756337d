using PyAirtable.Gateway.Tests.Wire;

namespace PyAirtable.Gateway.Tests.Forwarding;

/// <summary>What an upstream does instead of a plain answer, and what clients may see of it.</summary>
/// <param name="Name">Shown by the test runner.</param>
/// <param name="Answer">What it sends once it has read the request.</param>
/// <param name="Go">Outcomes on a prefix route, parted by <c>|</c>: see <see cref="UpstreamFaultTests"/>.</param>
/// <param name="Python">The same on a Python route.</param>
public sealed record UpstreamFault(string Name, string Answer, string Go, string Python)
{
    /// <summary>Body of the answers that are sound in the end.</summary>
    public const string Good = "{\"a\":1}";

    /// <summary>What follows the answer.</summary>
    public Ending Ending { get; init; } = Ending.Hold;

    public override string ToString() => Name;

    /// <summary>An answer that no HTTP client can trust, told before any of it has reached the client.</summary>
    internal static UpstreamFault Invalid(string name, string answer) => new(name, answer, "502", "500") { Ending = Ending.Close };

    /// <summary>An answer that may be read in one way only, but not by the rules: passed on in the right form, or refused.</summary>
    internal static UpstreamFault Tolerable(string name, string answer) => new(name, answer, "passed|502", "passed|500") { Ending = Ending.Close };

    /// <summary>An answer whose body is lost once it has begun.</summary>
    internal static UpstreamFault Broken(string name, string answer, Ending ending = Ending.Close) =>
        new(name, answer, ending == Ending.Silence ? "broken|timeout" : "broken|500", "500") { Ending = ending };

    /// <summary>An answer whose body is framed wrongly.</summary>
    internal static UpstreamFault Malformed(string name, string answer) => new(name, answer, "broken|502", "500") { Ending = Ending.Close };

    /// <summary>An unusual answer that is right.</summary>
    internal static UpstreamFault Sound(string name, string answer, Ending ending = Ending.Hold) => new(name, answer, "passed", "passed") { Ending = ending };

    /// <summary>Answers the first request so, and all others soundly.</summary>
    internal FaultyUpstream Start()
    {
        var requests = 0;
        return new FaultyUpstream(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                if (Interlocked.Increment(ref requests) > 1)
                {
                    await connection.SendAsync(FaultyUpstream.Reply("{\"next\":2}"));
                    continue;
                }
                await connection.SendAsync(Answer);
                switch (Ending)
                {
                    case Ending.Close:
                        return;
                    case Ending.Reset:
                        connection.Reset();
                        return;
                    case Ending.Silence:
                        await connection.ReadToEndAsync();
                        return;
                }
            }
        });
    }
}

using System.Globalization;

namespace PyAirtable.Load.Upstream;

/// <summary>Where the stand-ins listen on 127.0.0.1.</summary>
/// <param name="Llm">The LLM orchestrator's.</param>
/// <param name="Mcp">The MCP server's.</param>
/// <param name="Airtable">The Airtable gateway's.</param>
internal sealed record UpstreamPorts(int Llm, int Mcp, int Airtable)
{
    /// <summary>As arguments of a command line.</summary>
    public IEnumerable<string> Arguments() => new[] { Llm, Mcp, Airtable }.Select(port => port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads <see cref="Arguments"/>.</summary>
    /// <exception cref="FormatException">They are not three numbers.</exception>
    public static UpstreamPorts Parse(string[] arguments) => arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray() is [var llm, var mcp, var airtable]
        ? new(llm, mcp, airtable)
        : throw new FormatException("three ports are needed");
}

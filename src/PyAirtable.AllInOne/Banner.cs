using PyAirtable.Hosting.Settings;

namespace PyAirtable.AllInOne;

/// <summary>What the all-in-one says when it answers: where it is, where the data is, the key, and two lines to try.</summary>
internal static class Banner
{
    /// <summary>Writes it for a person, to standard error: standard output is for log lines.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="process">Settings of the process.</param>
    /// <param name="database">The database, without a password.</param>
    /// <param name="key">The API key, where it is known and shown.</param>
    /// <param name="urls">Address of each service and of <c>management</c>.</param>
    /// <param name="color">Whether the output takes colours.</param>
    public static void Write(TextWriter output, ProcessSettings process, string database, BannerKey key, IReadOnlyDictionary<string, string> urls, bool color)
    {
        string Paint(string code, string text) => color ? $"\u001b[{code}m{text}\u001b[0m" : text;
        string Link(string url) => Paint("36", url);

        output.WriteLine($"""

            {Paint("1;32", "PyAirtable is running")}
            ├─ gateway     {Link(urls["gateway"])}   everything through one port
            ├─ platform    {Link(urls["platform"])}   accounts, tokens
            ├─ automation  {Link(urls["automation"])}   files, workflows
            ├─ mcp         {Link(urls["mcp"])}/mcp   tools, for clients of the Model Context Protocol
            ├─ management  {Link(urls["management"])}   /live /ready /metrics
            ├─ data        {Path.GetFullPath(process.DataDirectory)}   ({database})
            └─ API key     {Paint("33", key.Text)}

            {Paint("1", "Try it:")}
              curl {urls["gateway"]}/api/health
              curl -H "X-API-Key: {key.Shell}" {urls["gateway"]}/api/automation/files

            """);
    }
}

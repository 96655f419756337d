namespace PyAirtable.Mcp.Tools;

/// <summary>Blanks and line ends between the parts of a JSON text.</summary>
internal static class JsonBlanks
{
    /// <summary>Takes them away, in place.</summary>
    /// <param name="json">Valid JSON.</param>
    /// <returns>Bytes that remain, at the start.</returns>
    public static int Strip(Span<byte> json)
    {
        var (kept, inText) = (0, false);
        for (var at = 0; at < json.Length; at++)
        {
            var one = json[at];
            if (inText && one == '\\')
            {
                json[kept++] = one;
                one = json[++at];
            }
            else if (one == '"')
            {
                inText = !inText;
            }
            else if (!inText && one is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                continue;
            }
            json[kept++] = one;
        }
        return kept;
    }
}

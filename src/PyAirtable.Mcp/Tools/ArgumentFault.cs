namespace PyAirtable.Mcp.Tools;

/// <summary>What is wrong with an argument.</summary>
/// <param name="Path">Where, such as <c>records[2].id</c>.</param>
/// <param name="Message">What, such as <c>must be a string, not a number</c>.</param>
/// <param name="IsMissing">Whether it is demanded and absent.</param>
internal sealed record ArgumentFault(string Path, string Message, bool IsMissing = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"'{Path}' {Message}";
}

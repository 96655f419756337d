namespace PyAirtable.Mcp.Airtable;

/// <summary>Which of the Airtable gateway's descriptions.</summary>
internal enum SchemaKind
{
    /// <summary><c>/bases/{b}/schema</c>: names and types.</summary>
    Plain,

    /// <summary><c>/api/web/bases/{b}/tables</c>: with options and primary fields.</summary>
    Full,

    /// <summary><c>/api/web/bases</c>: the bases.</summary>
    Bases,
}

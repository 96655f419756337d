using PyAirtable.Mcp.Airtable;

namespace PyAirtable.Mcp.NativeTools;

/// <summary>The native tools by name.</summary>
internal static class NativeToolSet
{
    /// <summary>Those of <paramref name="names"/> that there are.</summary>
    public static IReadOnlyDictionary<string, INativeTool> Create(IReadOnlyList<string> names, AirtableGateway airtable, SchemaCache schemas)
    {
        var all = new Dictionary<string, INativeTool>
        {
            ["list_tables"] = new ListTablesTool(schemas),
            ["get_records"] = new GetRecordsTool(airtable),
            ["create_record"] = new RecordTool(airtable, schemas, HttpMethod.Post),
            ["update_record"] = new RecordTool(airtable, schemas, HttpMethod.Patch),
            ["delete_record"] = new RecordTool(airtable, schemas, HttpMethod.Delete),
            ["search_records"] = new SearchRecordsTool(airtable, schemas),
            ["get_field_info"] = new FieldInfoTool(schemas),
            ["batch_create_records"] = new BatchCreateTool(airtable, schemas),
            ["batch_update_records"] = new BatchUpdateTool(airtable, schemas),
        };
        return all.Where(tool => names.Contains(tool.Key)).ToDictionary();
    }
}

namespace PyAirtable.Hosting.Requests;

/// <summary>Which content types count as JSON: none at all, <c>application/json</c> and <c>application/*+json</c>.</summary>
internal static class JsonContentType
{
    internal static bool Matches(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return true;
        }

        var type = contentType.AsSpan();
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        const string Application = "application/";
        if (!type.StartsWith(Application, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var subtype = type[Application.Length..];
        return subtype.Equals("json", StringComparison.OrdinalIgnoreCase) || subtype.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}

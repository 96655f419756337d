using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.OpenApi;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Automation.Documentation;

/// <summary><c>GET /docs</c>: the routes of the OpenAPI document as a page, made when first asked for. The gateway's page has all of it, and tries requests.</summary>
internal sealed class DocumentationPage
{
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}td{padding:.3rem 1rem .3rem 0;vertical-align:top}code{font-size:.95em}";

    // Together, and late: the hash brings in the system's cryptography, which an idle service needs not hold.
    private readonly Lazy<(PreparedAnswer Answer, string Policy)> _page = new(static () => (
        new(StatusCodes.Status200OK, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Write())),
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));

    /// <summary>Answers.</summary>
    public Task GetAsync(RequestContext request)
    {
        var (answer, policy) = _page.Value;
        request.Http.Response.Headers.ContentSecurityPolicy = policy;
        return answer.WriteAsync(request.Http);
    }

    private static string Write()
    {
        using var stream = OpenApiDocument.Open<AutomationModule>();
        using var document = JsonDocument.Parse(stream);
        var info = document.RootElement.GetProperty("info");
        var title = Text(info, "title");
        var page = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{Style}</style></head>")
            .Append(CultureInfo.InvariantCulture, $"<body><h1>{title}</h1><p>{Text(info, "description")}. The whole description is in <a href=\"openapi.json\">openapi.json</a>.</p><table>");
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{operation.Name.ToUpperInvariant()} {WebUtility.HtmlEncode(path.Name)}</code></td><td>{Text(operation.Value, "summary")}</td></tr>");
            }
        }
        return page.Append("</table></body></html>").ToString();
    }

    private static string Text(JsonElement value, string name) => WebUtility.HtmlEncode(value.GetProperty(name).GetString()!.TrimEnd('.'));
}

using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Documentation;

/// <summary>
/// <c>/openapi.json</c>, <c>/docs</c>, <c>/redoc</c> and <c>/docs/oauth2-redirect</c> (gateway contract 1.10). Each is made when first
/// asked for, on the thread pool: the merge would hold up an event loop.
/// </summary>
internal sealed class DocumentationEndpoints
{
    private readonly Lazy<Task<CachedPage>> _document = Later(static () => new CachedPage(PreparedAnswer.Json, ProductDocument.Merge()));

    private readonly Lazy<Task<CachedPage>> _page = Later(static () => CachedPage.Html(
        EmbeddedFile.ReadAll("docs.html"),
        EmbeddedFile.ReadAll("docs.css"),
        EmbeddedFile.ReadAll("elements.js", "schemas.js", "requests.js", "page.js")));

    private readonly Lazy<Task<CachedPage>> _redirect = Later(static () => CachedPage.Html(EmbeddedFile.ReadAll("redirect.html"), EmbeddedFile.ReadAll("docs.css")));

    /// <summary>Adds the routes.</summary>
    public void MapTo(RouteTable routes)
    {
        Add("/openapi.json", _document);
        Add("/docs", _page);
        Add("/docs/oauth2-redirect", _redirect);
        Add("/redoc", _page);

        void Add(string path, Lazy<Task<CachedPage>> page)
        {
            RequestHandler answer = async request => await (await page.Value).WriteAsync(request);
            routes.Get(path, answer).Map("HEAD", path, answer);
        }
    }

    private static Lazy<Task<CachedPage>> Later(Func<CachedPage> make) => new(() => Task.Run(make));
}

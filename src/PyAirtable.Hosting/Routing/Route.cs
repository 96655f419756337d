using PyAirtable.Hosting.Serving;

namespace PyAirtable.Hosting.Routing;

/// <summary>One method on one path template.</summary>
/// <param name="Method">HTTP method, upper case.</param>
/// <param name="Template">Path with parameters, such as <c>/files/{file_id}</c>; a last segment <c>{*path}</c> takes the rest, empty included.</param>
/// <param name="Handler">What answers it.</param>
public sealed record Route(string Method, string Template, RequestHandler Handler);

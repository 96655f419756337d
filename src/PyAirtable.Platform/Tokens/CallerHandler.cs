using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Tokens;

/// <summary>Answers a request whose sender is known.</summary>
internal delegate Task CallerHandler(RequestContext request, Caller caller);

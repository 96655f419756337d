namespace PyAirtable.Hosting.Serving;

/// <summary>Answers one request. Policies are handlers that wrap a handler.</summary>
public delegate Task RequestHandler(RequestContext request);

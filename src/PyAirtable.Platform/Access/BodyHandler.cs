using PyAirtable.Hosting.Requests;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Platform.Access;

/// <summary>Answers a request whose body has been read and is well-formed.</summary>
internal delegate Task BodyHandler(RequestContext request, JsonBody body);

using Microsoft.AspNetCore.Http;
using PyAirtable.Gateway.Relaying;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Routing;
using PyAirtable.Hosting.Security;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover.Administration;

/// <summary>
/// The admin routes: <c>/api/cutover</c> shows the groups and sets weights, <c>/api/cutover/differences</c> shows what copies have
/// found, and forgets it. They ask for the admin key, and for no other.
/// </summary>
/// <param name="split">The groups.</param>
/// <param name="adminKey">The admin key.</param>
internal sealed class CutoverEndpoint(TrafficSplit split, string adminKey)
{
    /// <summary>Path of the groups.</summary>
    public const string Path = "/api/cutover";

    private static readonly PreparedAnswer WrongKey = DetailError.Prepare(StatusCodes.Status401Unauthorized, "Invalid cutover key");
    private static readonly PreparedAnswer NoWeight = DetailError.Prepare(StatusCodes.Status400BadRequest, "The body must be a JSON object with a group, a weight from 0 to 100, and perhaps the weight that it comes from and a reason of at most 200 characters");
    private static readonly PreparedAnswer NoGroup = DetailError.Prepare(StatusCodes.Status404NotFound, "There is no such group");
    private static readonly PreparedAnswer OtherWeight = DetailError.Prepare(StatusCodes.Status409Conflict, "The group has another weight by now");

    private readonly ApiKeys _keys = new(adminKey);

    /// <summary>Adds the routes.</summary>
    public void MapTo(RouteTable routes) => routes
        .Get(Path, WithKey(ShowAsync))
        .Put(Path, WithKey(SetAsync))
        .Get(Path + "/differences", WithKey(ShowDifferencesAsync))
        .Delete(Path + "/differences", WithKey(ForgetDifferencesAsync));

    private RequestHandler WithKey(RequestHandler next) => request =>
    {
        request.Http.Response.Headers.CacheControl = "no-store";
        return request.Http.Request.Headers[ChosenSide.KeyHeader] is [{ } key] && _keys.Check(key) == ApiKeyCheck.Right ? next(request) : WrongKey.WriteAsync(request.Http);
    };

    private Task ShowAsync(RequestContext request) => JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, split, CutoverJson.WriteGroups);

    private async Task SetAsync(RequestContext request)
    {
        var body = await BodyBytes.ReadAsync(request.Http.Request, request.Aborted);
        if (WeightRequest.Read(body) is not { } wanted)
        {
            await NoWeight.WriteAsync(request.Http);
        }
        else if (split.Groups.FirstOrDefault(group => group.Name == wanted.Group) is not { } group)
        {
            await NoGroup.WriteAsync(request.Http);
        }
        else if (wanted.From is { } from && !group.TrySet(from, wanted.Weight, WeightSource.Admin, wanted.Reason))
        {
            await OtherWeight.WriteAsync(request.Http);
        }
        else
        {
            if (wanted.From is null)
            {
                group.Set(wanted.Weight, WeightSource.Admin, wanted.Reason);
            }
            await ShowAsync(request);
        }
    }

    private Task ShowDifferencesAsync(RequestContext request) => JsonAnswer.WriteAsync(request.Http, StatusCodes.Status200OK, split.Findings, CutoverJson.WriteDifferences);

    private Task ForgetDifferencesAsync(RequestContext request)
    {
        split.Findings?.Clear();
        request.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}

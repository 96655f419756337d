using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Gateway.Cutover.Shadow;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover;

/// <summary>Lets one of the sides answer.</summary>
/// <param name="request">The request, or a copy of it.</param>
/// <param name="upstream">The side's upstream.</param>
/// <returns>Why there was no answer, with nothing written; null where one was written, of whatever kind.</returns>
internal delegate ValueTask<UpstreamFailure?> SideCall(RequestContext request, Upstream upstream);

/// <summary>The requests that have two sides, by one reading of the settings: chooses the side, counts how it went, and has a copy sent to the other.</summary>
/// <param name="settings">The settings.</param>
/// <param name="groups">What outlives them, in the same order.</param>
/// <param name="buckets">Says whom a request is from.</param>
/// <param name="shadow">Copies requests.</param>
internal sealed class SplitRoutes(CutoverSettings settings, IReadOnlyList<RouteGroup> groups, ClientBuckets buckets, ShadowTraffic shadow)
{
    private readonly ChosenSide _chosen = new(settings);

    /// <summary>Whether any request to an upstream has two sides.</summary>
    public bool Contains(Upstream routed) => settings.Groups.Any(group => group.Routed.Name == routed.Name);

    /// <summary>The group of a request that goes to an upstream; null where it has one side.</summary>
    public SplitGroup? Find(Upstream routed, HttpContext http)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            if (settings.Groups[i] is var group && group.Routed.Name == routed.Name && group.Matches(RawTarget.Of(http).Path))
            {
                return new SplitGroup(group, groups[i]);
            }
        }
        return null;
    }

    /// <summary>Answers a request by one of the sides.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="request">The request.</param>
    /// <param name="session">The chat session that it is of; null for none.</param>
    /// <param name="kind">How it passes.</param>
    /// <param name="call">Lets a side answer.</param>
    /// <returns>As of <paramref name="call"/>.</returns>
    public async ValueTask<UpstreamFailure?> RunAsync(SplitGroup group, RequestContext request, string? session, RequestKind kind, SideCall call)
    {
        var http = request.Http;
        var side = Choose(group, request, session);
        var upstream = group.Settings[side];
        request.Upstream = upstream.Name;
        if (http.Request.Headers.Upgrade.Count > 0)
        {
            // A connection rather than a request.
            return await call(request, upstream);
        }

        using var copied = await shadow.TryBeginAsync(group, side, request, kind);
        var counted = group.State.Begin(side);
        if (!IsTimed(http, kind))
        {
            counted.Answer();
        }
        http.Response.OnStarting(static state => Answered((SideRequest)state), counted);
        int? status = StatusCodes.Status500InternalServerError;
        try
        {
            var failure = await call(request, upstream);
            status = request.WasCutOff ? status : request.Aborted.IsCancellationRequested ? null : failure?.Status ?? http.Response.StatusCode;
            copied?.Send(request.WasCutOff ? null : status, failure is not null, call);
            return failure;
        }
        catch (Exception error) when (error is BadHttpRequestException || request.Aborted.IsCancellationRequested)
        {
            // The client's doing.
            status = null;
            throw;
        }
        finally
        {
            counted.End(status);
        }
    }

    private Side Choose(SplitGroup group, RequestContext request, string? session)
    {
        var http = request.Http;
        var side = group.State.SideOf(buckets.Of(request, session));
        if (_chosen.Asks(http.Request))
        {
            side = Sides.Find(http.Request.Headers[ChosenSide.SideHeader]) ?? side;
            http.Response.Headers[ChosenSide.SideHeader] = Sides.NameOf(side);
        }
        return side;
    }

    // A client that takes its time to send a body is not to speak against a side.
    private static bool IsTimed(HttpContext http, RequestKind kind) => kind switch
    {
        RequestKind.Relayed => true,
        RequestKind.Streamed => false,
        _ => HasAllOfBody(http),
    };

    private static bool HasAllOfBody(HttpContext http)
    {
        if (http.Request.ContentLength is not > 0)
        {
            return http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
        }
        // Who is asked to read answers such a client, which sends its body then.
        if (http.Request.Headers.Expect.Count > 0 || !http.Request.BodyReader.TryRead(out var there))
        {
            return false;
        }
        var isAll = there.Buffer.Length == http.Request.ContentLength;
        http.Request.BodyReader.AdvanceTo(there.Buffer.Start);
        return isAll;
    }

    private static Task Answered(SideRequest request)
    {
        request.Answer();
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PyAirtable.Gateway.Forwarding;
using PyAirtable.Hosting.Serving;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>
/// A request of which a copy goes to the other side. While it is answered, its answer is copied; after that, and with nobody waiting, the
/// copies are sent one after another: now and then one to the same side, to learn what differs by itself, then the one to the other.
/// </summary>
internal sealed class ShadowedRequest : IDisposable
{
    // Beside the timeouts of the upstream: an answer that drips is given up.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly SplitGroup _group;
    private readonly Side _side;
    private readonly ShadowSettings _settings;
    private readonly ShadowFindings _findings;
    private readonly TimeProvider _clock;
    private readonly RequestCopy _request;
    private readonly AnswerCopy _answer;
    private readonly HttpContext _http;
    private readonly IHttpResponseBodyFeature _inner;
    private bool _isSent;

    /// <summary>Copies a request, and has its answer copied.</summary>
    public ShadowedRequest(SplitGroup group, Side side, RequestContext request, ReadOnlyMemory<byte> body, ShadowSettings settings, ShadowFindings findings, TimeProvider clock)
    {
        (_group, _side, _settings, _findings, _clock, _http) = (group, side, settings, findings, clock, request.Http);
        (_request, _answer) = (new RequestCopy(request, body), new AnswerCopy(settings.MaxAnswerBytes));
        _inner = _http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _http.Features.Set<IHttpResponseBodyFeature>(new CopyingBody(_http.Response, _inner, _answer));
    }

    /// <summary>The request was answered: sends the copies, without waiting for them.</summary>
    /// <param name="status">HTTP status of the answer; null where its client has gone.</param>
    /// <param name="failed">Whether there was no answer, and the gateway makes one.</param>
    /// <param name="call">Lets a side answer.</param>
    public void Send(int? status, bool failed, SideCall call)
    {
        if (status is { } known)
        {
            _answer.End(known, failed ? null : _http.Response, _settings.Headers);
            _isSent = true;
            // Neither the copies nor the comparison hold up the event loop.
            _ = Task.Run(() => CompareAsync(call));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Features.Set(_inner);
        if (!_isSent)
        {
            Finish("skipped");
        }
    }

    private async Task CompareAsync(SideCall call)
    {
        var result = "skipped";
        try
        {
            if (_answer.IsWhole)
            {
                result = await AskAsync(call);
            }
        }
        catch (Exception)
        {
            // Whatever a copy meets is nobody's failure.
        }
        finally
        {
            Finish(result);
        }
    }

    private async Task<string> AskAsync(SideCall call)
    {
        var name = _group.State.Name;
        if (_request.Method is "GET" or "HEAD" && Random.Shared.NextDouble() * 100 < _settings.NoisePercent
            && await AskAsync(call, _side) is { IsWhole: true } again)
        {
            _findings.Learn(name, _request.Route, AnswerComparison.Compare(_answer, again, _settings));
        }
        if (await AskAsync(call, Sides.Other(_side)) is not { IsWhole: true } other)
        {
            return "skipped";
        }
        var differences = _findings.WithoutNoise(name, _request.Route, AnswerComparison.Compare(_answer, other, _settings));
        if (differences.Count == 0)
        {
            return "same";
        }
        var (python, native) = _side == Side.Python ? (_answer.Status, other.Status) : (other.Status, _answer.Status);
        var turned = _side == Side.Python ? differences : differences.ConvertAll(static difference => difference.Turned());
        _findings.Add(new DifferenceSample(_clock.GetUtcNow(), name, _request.Route, _request.Method, SampleValue.OfPath(_request.Path), _request.TraceId, python, native, turned));
        return "different";
    }

    private async Task<AnswerCopy> AskAsync(SideCall call, Side side)
    {
        using var limit = new CancellationTokenSource(Longest, _clock);
        var copy = new AnswerCopy(_settings.MaxAnswerBytes);
        var request = _request.Again(copy, limit.Token);
        var failure = await call(request, _group.Settings[side]);
        // What an upstream's connection is read on has others to serve.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await request.Http.Response.BodyWriter.FlushAsync(limit.Token);
        copy.End(failure?.Status ?? request.Http.Response.StatusCode, failure is null ? request.Http.Response : null, _settings.Headers);
        return copy;
    }

    private void Finish(string result)
    {
        _findings.Count(_group.State.Name, result);
        _findings.Leave();
    }
}

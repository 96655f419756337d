using System.Net;
using System.Text;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Automation.Outbound;

/// <summary>
/// Makes workflows' requests, each hop of a redirect under the same rules. Everything that an answer could make long is bounded, and
/// nothing is shared between workflows: no cookies, no credentials, no proxy of the environment. Nothing is made before the first request.
/// </summary>
internal sealed class OutboundClient : IAsyncDisposable
{
    /// <summary>Bytes of an answer's body at most.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private const int MaxRedirects = 5;
    private const int MaxConnections = 16;
    private const int MaxDrainedBytes = 16 * 1024;

    private readonly TimeProvider _clock;
    private readonly Lazy<HttpMessageInvoker> _invoker;

    public OutboundClient(AddressRules rules, HostResolver resolve, TimeProvider clock)
    {
        var connector = new GuardedConnector(rules, resolve);
        _clock = clock;
        _invoker = new(() =>
        {
            var handler = PlainHandler.Create(MaxConnections, TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1));
            handler.ConnectCallback = (context, cancel) => connector.ConnectAsync(context.DnsEndPoint, cancel);
            handler.MaxResponseDrainSize = MaxDrainedBytes;
            handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
            handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
            return new HttpMessageInvoker(handler);
        });
    }

    /// <summary>Sends, follows redirects, and reads the answer, whatever its status.</summary>
    /// <exception cref="OutboundFailedException">The request is not allowed, or has no answer.</exception>
    public async Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(request.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        try
        {
            return await FollowAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new OutboundFailedException("timed out");
        }
        catch (HttpRequestException e)
        {
            throw new OutboundFailedException(e.InnerException is AddressRefusedException refused ? refused.Message : FailureReason.Of(e));
        }
        catch (IOException e)
        {
            throw new OutboundFailedException(FailureReason.Of(e));
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private async Task<OutboundAnswer> FollowAsync(OutboundRequest request, CancellationToken cancel)
    {
        for (var hops = 0; hops <= MaxRedirects; hops++)
        {
            Check(request.Url);
            using var message = request.ToMessage();
            using var answer = await _invoker.Value.SendAsync(message, cancel);
            if (!IsRedirect(answer.StatusCode) || answer.Headers.Location is not { } location)
            {
                return await ReadAsync(answer, cancel);
            }
            request = request.Follow(answer.StatusCode, location);
        }
        throw new OutboundFailedException($"more than {MaxRedirects} redirects");
    }

    private static void Check(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw new OutboundFailedException("only http and https URLs are allowed");
        }
        if (url.UserInfo.Length > 0)
        {
            throw new OutboundFailedException("user information in a URL is not allowed");
        }
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static async Task<OutboundAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var body = await BoundedBody.ReadAsync(answer.Content, MaxBodyBytes, cancel)
            ?? throw new OutboundFailedException($"the answer is larger than {MaxBodyBytes} bytes");
        var headers = answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated)
            .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(", ", header.Value)));
        var type = answer.Content.Headers.ContentType;
        return new((int)answer.StatusCode, [.. headers], type?.MediaType?.ToLowerInvariant() ?? "", type?.CharSet?.Trim('"'), body);
    }
}

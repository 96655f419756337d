using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using PyAirtable.Gateway.Cutover.Administration;
using PyAirtable.Gateway.Forwarding;

namespace PyAirtable.Gateway.Cutover.Walking;

/// <summary>The admin routes of a running gateway, as the verb calls them.</summary>
/// <param name="client">Sends.</param>
/// <param name="url">Where the gateway is.</param>
/// <param name="key">The admin key.</param>
internal sealed class AdminCall(UpstreamClient client, string url, string key)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The groups as they are now.</summary>
    /// <exception cref="AdminCallException">There is no answer, or it is an error.</exception>
    public Task<IReadOnlyList<GroupReport>> ShowAsync(CancellationToken cancel) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url + CutoverEndpoint.Path), cancel);

    /// <summary>Sets a weight, only if it is <paramref name="from"/> now where that is given.</summary>
    /// <exception cref="AdminCallException">There is no answer, or it is an error.</exception>
    public Task<IReadOnlyList<GroupReport>> SetAsync(string group, int weight, int? from, CancellationToken cancel)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("group"u8, group);
            json.WriteNumber("weight"u8, weight);
            if (from is { } known)
            {
                json.WriteNumber("from"u8, known);
            }
            json.WriteEndObject();
        }
        var content = new ReadOnlyMemoryContent(body.WrittenMemory) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return SendAsync(new HttpRequestMessage(HttpMethod.Put, url + CutoverEndpoint.Path) { Content = content }, cancel);
    }

    private async Task<IReadOnlyList<GroupReport>> SendAsync(HttpRequestMessage message, CancellationToken cancel)
    {
        using var request = message;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        request.Headers.TryAddWithoutValidation(ChosenSide.KeyHeader, key);
        try
        {
            using var answer = await client.SendAsync(request, limit.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            return answer.IsSuccessStatusCode ? GroupReport.ReadAll(body) : throw new AdminCallException(Describe((int)answer.StatusCode, request.Method));
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new AdminCallException($"{url} gives no answer to it: {error.Message}", error);
        }
    }

    private string Describe(int status, HttpMethod method) => status switch
    {
        401 => $"{url} does not take the key of CUTOVER_ADMIN_KEY",
        404 when method == HttpMethod.Put => $"{url} has no such group, or no CUTOVER_ADMIN_KEY",
        409 => "the weight is another by now: the guard or somebody else has changed it",
        404 => $"{url} has no CUTOVER_ADMIN_KEY",
        _ => $"{url} answered {status}",
    };
}

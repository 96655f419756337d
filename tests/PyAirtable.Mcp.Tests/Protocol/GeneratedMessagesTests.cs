using System.Globalization;
using System.Net;

namespace PyAirtable.Mcp.Tests.Protocol;

public sealed class GeneratedMessagesTests
{
    private static readonly string[] Whole =
    [
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tables","arguments":{"base_id":"appX"}}}""",
        """{"jsonrpc":"2.0","id":"a","method":"tools/list","params":{"cursor":"x"}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""",
        """{"jsonrpc":"2.0","id":3,"method":"resources/read","params":{"uri":"airtable://bases/appX/schema"}}""",
        """{"jsonrpc":"2.0","id":3,"method":"logging/setLevel","params":{"level":"debug"}}""",
        """{"jsonrpc":"2.0","id":4,"method":"ping"}""",
    ];

    private static readonly string[] Pieces = ["null", "{", "}", "[", "]", "\"", ",", ":", "-1", "1e999", "\"\\ud800\"", "\"jsonrpc\"", "{}", "[[[[[[", "\"id\":null", "true", "\0", "é", "99999999999999999999", "\"method\":5", "\"params\":[]"];

    [Fact]
    public async Task Messages_TenThousandDamaged_AreAnsweredAndTheSessionGoesOn()
    {
        await using var host = await McpHost.StartAsync();
        var client = await RpcClient.OpenAsync(host);
        var random = new Random(20261127);

        foreach (var batch in Enumerable.Range(0, 10_000).Select(_ => Damage(random)).Chunk(50))
        {
            await Task.WhenAll(batch.Select(async body =>
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                using var answer = await client.PostAsync(body);
                await answer.Content.ReadAsStringAsync(limit.Token);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.BadRequest, $"{answer.StatusCode} for {body}");
            }));
        }

        Assert.NotNull((await client.AskAsync("ping"))["result"]);
        Assert.DoesNotContain("\"level\":\"ERROR\"", await host.Host.ReadLogAsync(), StringComparison.OrdinalIgnoreCase);
    }

    // A whole message with some of it cut, replaced or doubled. One in ten stays whole.
    private static string Damage(Random random)
    {
        var text = Whole[random.Next(Whole.Length)].Replace("\"id\":1", string.Create(CultureInfo.InvariantCulture, $"\"id\":{random.Next(1, 1_000_000_000)}"), StringComparison.Ordinal);
        for (var times = random.Next(10) == 0 ? 0 : random.Next(1, 4); times > 0; times--)
        {
            var (start, length) = (random.Next(text.Length), random.Next(8));
            var end = Math.Min(text.Length, start + length);
            text = text[..start] + Pieces[random.Next(Pieces.Length)] + text[end..];
        }
        return text;
    }
}

using System.Net;
using System.Text.Json;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.TextExtraction.Isolation;

/// <summary>The service with its real child process, for all files of a test class.</summary>
public sealed class ExtractingService(PostgresServer server) : IAsyncLifetime
{
    private AutomationHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server, new() { ["TEXT_EXTRACTION_MEMORY"] = "256MB", ["TEXT_EXTRACTION_TIMEOUT"] = "120s" });

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    /// <summary>
    /// Uploads a file and has its text extracted, which the service ends itself when it takes too long; until then it must answer. Gives
    /// the reply with the text.
    /// </summary>
    public async Task<JsonElement> ExtractAsync(string name, byte[] content)
    {
        var id = (await _host.UploadedAsync(name, content)).GetProperty("id").GetInt32();
        await _host.ReadAsync("POST", $"/files/process/{id}");
        while (true)
        {
            Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync("GET", "/health")).Status);
            if ((await _host.ReadAsync("GET", $"/files/{id}")).GetProperty("file").GetProperty("status").GetString() is "processed" or "failed")
            {
                return await _host.ReadAsync("GET", $"/files/extract/{id}");
            }
            await Task.Delay(10);
        }
    }
}

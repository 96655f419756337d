using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PyAirtable.Automation.Tests.TextExtraction.Pdf;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests.Files;

/// <summary>Files as automation contract 2 and the file rows of its checklist (9.2 to 9.7) have them, where the table of answers does not say so already.</summary>
public sealed class FileContractTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Contract("D22", "9.2")]
    public async Task Upload_EachExtension_IsStoredUnderANameOfOurs()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        (string Name, string Extension, string Type)[] rows =
        [
            ("a.pdf", ".pdf", "application/pdf"),
            ("b.DOC", ".DOC", "application/msword"),
            ("c.docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("d.TxT", ".TxT", "text/plain"),
            ("e.tar.csv", ".csv", "text/csv"),
            ("f.xls", ".xls", "application/vnd.ms-excel"),
            ("g.xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ];
        foreach (var (name, extension, type) in rows)
        {
            // Any bytes are taken, none too.
            var content = Encoding.UTF8.GetBytes(name == "a.pdf" ? "" : "no " + name);
            var file = await host.UploadedAsync(name, content);
            var stored = file.GetProperty("filename").GetString()!;

            Assert.Equal((name, type, "uploaded", content.Length), (file.GetProperty("original_filename").GetString(), file.GetProperty("mime_type").GetString(), file.GetProperty("status").GetString(), file.GetProperty("file_size").GetInt32()));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.GetProperty("file_hash").GetString());
            Assert.Matches($"^[0-9a-f]{{8}}-[0-9a-f]{{4}}-4[0-9a-f]{{3}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}\\{extension}$", stored);
            Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(host.Uploads, stored), Token));
        }
    }

    [Fact]
    public async Task Upload_SameBytesTwice_AreTwoFiles()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        var (first, second) = (await host.UploadedAsync("a.txt", "same"), await host.UploadedAsync("a.txt", "same"));

        Assert.Equal(first.GetProperty("file_hash").GetString(), second.GetProperty("file_hash").GetString());
        Assert.NotEqual(first.GetProperty("filename").GetString(), second.GetProperty("filename").GetString());
        Assert.Equal(2, Directory.GetFiles(host.Uploads).Length);
    }

    [Fact]
    public async Task Upload_PartWithATypeOfItsOwn_GoesByItsName()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        const string Body = "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: application/pdf\r\n\r\na,b\r\n--b--\r\n";
        using var form = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var answer = await host.Client.PostAsync("/files/upload", form, Token);

        Assert.Contains("\"file_size\":3,\"mime_type\":\"text/csv\"", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [Contract("D21", "9.3")]
    [InlineData(DatabaseEngine.Sqlite)]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task List_Files_NewestFirstAndTotalOfThePage(DatabaseEngine engine)
    {
        await using var host = await AutomationHost.StartAsync(engine, server);
        for (var i = 1; i <= 3; i++)
        {
            await host.UploadedAsync($"{i}.txt", "x");
        }
        await host.ReadAsync("DELETE", "/files/2");

        Assert.Equal("3 2 1 of 3", await ListAsync(host, "/files"));
        Assert.Equal("3 2 1 of 3", await ListAsync(host, "/files?status="));
        Assert.Equal("2 of 1", await ListAsync(host, "/files?skip=1&limit=1"));
        Assert.Equal("3 1 of 2", await ListAsync(host, "/files?status=uploaded"));
        Assert.Equal("2 of 1", await ListAsync(host, "/files?status=deleted"));
    }

    [Fact]
    [Contract("8.2 reply", "9.6")]
    public async Task Process_WhileProcessing_IsRefused()
    {
        // An extractor that does not come to an end.
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server, extractor: ["/bin/sh", "-c", "exec sleep 600"]);
        await host.UploadedAsync("a.pdf", "x");
        await host.ReadAsync("POST", "/files/process/1");

        Assert.Equal((HttpStatusCode.Conflict, """{"detail":"File is already being processed"}"""), await host.SendAsync("POST", "/files/process/1"));
        Assert.Equal("""{"file_id":1,"content":"","metadata":{},"error":"File not processed yet","status":"processing"}""", (await host.ReadAsync("GET", "/files/extract/1")).GetRawText());
    }

    [Fact]
    [Contract("2.6 others", "D17", "9.6")]
    public async Task Process_StoredFileIsGone_SaysSoUntilItIsBack()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        var stored = Path.Combine(host.Uploads, (await host.UploadedAsync("a.txt", "hello")).GetProperty("filename").GetString()!);
        File.Delete(stored);
        await host.ReadAsync("POST", "/files/process/1");
        await host.WaitAsync("/files/1", "file", "failed");
        Assert.Equal("""{"file_id":1,"content":"","metadata":{},"error":"File not found","status":"failed"}""", (await host.ReadAsync("GET", "/files/extract/1")).GetRawText());

        await File.WriteAllTextAsync(stored, "hello", Token);
        await host.ReadAsync("POST", "/files/process/1");

        Assert.Equal(JsonValueKind.Null, (await host.WaitAsync("/files/1", "file", "processed")).GetProperty("processing_error").ValueKind);
    }

    [Fact]
    [Contract("2.6 PDF", "D18")]
    public async Task Process_PdfOfMorePagesThanAreRead_CountsThem()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server, new() { ["PDF_MAX_PAGES"] = "1" });
        await host.UploadedAsync("a.pdf", PdfBuilder.OfPages(PdfBuilder.Lines("one"), PdfBuilder.Lines("two")).Build());
        await host.ReadAsync("POST", "/files/process/1");
        await host.WaitAsync("/files/1", "file", "processed");

        Assert.Equal("""{"file_id":1,"content":"--- Page 1 ---\none","metadata":{"file_type":".pdf","pages":2},"status":"processed"}""", (await host.ReadAsync("GET", "/files/extract/1")).GetRawText());
    }

    [Fact]
    public async Task Upload_RecordCannotBeWritten_LeavesNoFile()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        await host.RefuseRecordsAsync();
        using var answer = await host.UploadAsync("a.txt", [1]);

        Assert.Equal((HttpStatusCode.InternalServerError, """{"detail":"File upload failed: the database did not answer"}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
        await Eventually.TrueAsync(() => Directory.GetFiles(host.Uploads).Length == 0);
    }

    private static async Task<string> ListAsync(AutomationHost host, string path)
    {
        var page = await host.ReadAsync("GET", path);
        return $"{string.Join(' ', page.GetProperty("files").EnumerateArray().Select(static file => file.GetProperty("id").GetInt32()))} of {page.GetProperty("total").GetInt32()}";
    }
}

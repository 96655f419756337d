using System.Net;
using PyAirtable.Automation.Tests.TextExtraction;
using PyAirtable.Automation.Tests.TextExtraction.Isolation;
using PyAirtable.Hosting.Data;
using PyAirtable.Testing;

namespace PyAirtable.Automation.Tests;

/// <summary>Extraction through the service, in child processes.</summary>
public sealed class ExtractionTests(PostgresServer server)
{
    [Fact]
    [Contract("9.5")]
    public async Task Process_Documents_GivesTheirText()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server);
        await host.UploadedAsync("a.docx", OfficeFile.Docx(OfficeFile.Paragraph("T")));
        await host.UploadedAsync("b.XLSX", OfficeFile.Xlsx(("S", OfficeFile.Row("a") + OfficeFile.Row(1))));
        await host.UploadedAsync("c.doc", "junk");
        foreach (var id in (int[])[1, 2, 3])
        {
            await host.ReadAsync("POST", $"/files/process/{id}");
            await host.WaitAsync($"/files/{id}", "file", "processed", "failed");
        }

        Assert.Equal("""{"file_id":1,"content":"T","metadata":{"file_type":".docx","paragraph_count":1,"table_count":0,"character_count":2},"status":"processed"}""", (await host.SendAsync("GET", "/files/extract/1")).Body);
        Assert.Equal("""{"file_id":2,"content":"--- Sheet: S ---\n a\n 1","metadata":{"file_type":".xlsx","sheet_count":1,"sheets":[{"name":"S","rows":1,"columns":1,"column_names":["a"]}]},"status":"processed"}""", (await host.SendAsync("GET", "/files/extract/2")).Body);
        Assert.Equal("""{"file_id":3,"content":"","metadata":{"file_type":".docx"},"error":"DOCX extraction failed: Package not found","status":"failed"}""", (await host.SendAsync("GET", "/files/extract/3")).Body);
    }

    [Fact]
    [Contract("D18")]
    public async Task Process_ChildrenThatLoop_AreKilledWhileTheServiceAnswers()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server, new() { ["TEXT_EXTRACTION_TIMEOUT"] = "1s" }, ChildCommand.Shell("while :; do :; done"));
        foreach (var id in (int[])[1, 2, 3, 4])
        {
            await host.UploadedAsync("a.docx", "x");
            await host.ReadAsync("POST", $"/files/process/{id}");
        }

        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync("GET", "/health")).Status);
        foreach (var id in (int[])[1, 2, 3, 4])
        {
            var file = await host.WaitAsync($"/files/{id}", "file", "failed");
            Assert.Equal("Extraction failed: timed out after 1 seconds", file.GetProperty("processing_error").GetString());
        }
    }

    [Fact]
    public async Task Process_FileThatEatsMemory_FailsWhileOthersAreRead()
    {
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server, new() { ["TEXT_EXTRACTION_MEMORY"] = "64MB" });
        var wide = new string('日', 40);
        await host.UploadedAsync("a.xlsx", OfficeFile.Archive(OfficeFile.XlsxParts([("S", "<row><c t=\"s\"><v>599999</v></c></row>")], string.Concat(Enumerable.Range(0, 600_000).Select(i => $"<si><t>{i:D40}{wide}</t></si>")))));
        await host.UploadedAsync("b.docx", OfficeFile.Docx(OfficeFile.Paragraph("b")));
        await host.ReadAsync("POST", "/files/process/1");
        await host.ReadAsync("POST", "/files/process/2");

        Assert.Equal("Extraction failed: the file needs more memory than allowed", (await host.WaitAsync("/files/1", "file", "failed")).GetProperty("processing_error").GetString());
        await host.WaitAsync("/files/2", "file", "processed");
    }

    [Fact]
    [Contract("8.2 shutdown")]
    public async Task Stop_DuringExtraction_KillsTheChildAndKeepsTheJob()
    {
        using var started = new TemporaryFile([], ".pid");
        await using var host = await AutomationHost.StartAsync(DatabaseEngine.Sqlite, server, new() { ["SHUTDOWN_TIMEOUT"] = "3s" }, ChildCommand.Shell($"echo $$ > {started.Path}; exec sleep 1000"));
        await host.UploadedAsync("a.docx", "x");
        await host.ReadAsync("POST", "/files/process/1");
        await Eventually.TrueAsync(() => new FileInfo(started.Path).Length > 0);
        await host.StopAsync();

        Assert.False(Directory.Exists("/proc/" + (await File.ReadAllTextAsync(started.Path)).Trim()));
        await host.StartAsync();
        Assert.Equal("processing", (await host.ReadAsync("GET", "/files/1")).GetProperty("file").GetProperty("status").GetString());
    }
}

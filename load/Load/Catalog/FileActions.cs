using System.Text;
using PyAirtable.Load.Http;
using PyAirtable.Load.Loop;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Catalog;

/// <summary>What is done with files. Each file that is uploaded is deleted in the end.</summary>
internal sealed class FileActions(LoadLoop loop, SystemUnderTest system)
{
    private const string Boundary = "load-boundary-7f3a";
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PollLimit = TimeSpan.FromSeconds(30);

    private readonly byte[] _upload = Encoding.ASCII.GetBytes(
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n{Table()}\r\n--{Boundary}--\r\n");

    /// <summary>Upload, look, delete.</summary>
    public async ValueTask StoreAsync(ScenarioContext context)
    {
        if (await UploadAsync(context) is { } id)
        {
            await Step.SendAsync("file", context, system.Client, HttpCall.Get("/api/automation/files/" + id));
            await DeleteAsync(context, id);
        }
    }

    /// <summary>Upload, have the text read, delete.</summary>
    public async ValueTask ExtractAsync(ScenarioContext context)
    {
        if (await UploadAsync(context) is { } id)
        {
            await Step.RunAsync("extract", context, () => ReadTextAsync(id));
            await DeleteAsync(context, id);
        }
    }

    /// <summary>The newest files.</summary>
    public async ValueTask ListAsync(ScenarioContext context) => await Step.SendAsync("file list", context, system.Client, HttpCall.Get("/api/automation/files?limit=10"));

    private async ValueTask<string?> UploadAsync(ScenarioContext context)
    {
        var call = new HttpCall("POST", "/api/automation/files/upload", _upload, "multipart/form-data; boundary=" + Boundary);
        return AnswerJson.Text(await Step.SendAsync("upload", context, system.Client, call), "id");
    }

    private async ValueTask<Response> ReadTextAsync(string id)
    {
        var response = Response.Of(await system.Client.SendAsync(HttpCall.Post("/api/automation/files/process/" + id, "{}")));
        var ends = LoadClock.Now + LoadClock.Nanoseconds(PollLimit);
        while (!response.IsError)
        {
            var answer = await system.Client.SendAsync(HttpCall.Get("/api/automation/files/extract/" + id));
            if (AnswerJson.Text(answer, "status") is "processed" or "failed")
            {
                return AnswerJson.Text(answer, "status") is "processed" ? Response.Of(answer) : Response.Fail("extraction failed");
            }
            response = LoadClock.Now < ends ? Response.Ok() : Response.Fail("no text in time");
            await loop.DelayAsync(PollEvery);
        }
        return response;
    }

    private async ValueTask DeleteAsync(ScenarioContext context, string id) => await Step.SendAsync("delete", context, system.Client, HttpCall.Delete("/api/automation/files/" + id));

    private static string Table() => "name,age,city\n" + string.Concat(Enumerable.Range(0, 100).Select(number => $"Person {number},{20 + (number % 60)},Paris\n"));
}

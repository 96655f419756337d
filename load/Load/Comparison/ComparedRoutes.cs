using System.Text;
using PyAirtable.Load.Catalog;
using PyAirtable.Load.Http;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Comparison;

/// <summary>The routes that are compared, in their order, and what must be there for them.</summary>
internal static class ComparedRoutes
{
    /// <summary>GET and POST through the gateway by turns.</summary>
    public const string Proxy = "gateway proxy";

    /// <summary>A token is verified.</summary>
    public const string Verify = "verify";

    /// <summary>A login, bcrypt at cost 12.</summary>
    public const string LogIn = "login";

    /// <summary>An event in a transaction of its own.</summary>
    public const string Event = "event";

    /// <summary>The newest metric of a name.</summary>
    public const string Metrics = "metric query";

    /// <summary>The newest files.</summary>
    public const string Files = "file list";

    /// <summary>An upload of 1 MiB.</summary>
    public const string Upload = "upload, 1 MiB";

    /// <summary>Path of <see cref="Metrics"/>.</summary>
    public const string MetricQuery = "/api/platform/analytics/metrics?metric_name=api_calls&limit=1";

    private const int Rows = 10;
    private const string Credentials = """{"email":"load@example.com","password":"correct horse battery"}""";
    private const string Metric = """{"metric_name":"api_calls","metric_value":1,"metric_type":"counter","user_id":7,"service_name":"platform-services","endpoint":"/auth/login","labels":{"method":"POST"}}""";
    private static readonly HttpCall UploadCall = UploadOf(1024 * 1024);

    /// <summary>All of them. Files are listed before they are uploaded, so that there are as many on both sides.</summary>
    public static readonly IReadOnlyList<ComparedRoute> All =
    [
        new(Proxy, 32, 1.62, (_, system, _) =>
        {
            var actions = new GatewayActions(system, new Random(1));
            return new Mix(new Random(1), (1, actions.ReadRecordsAsync), (1, actions.CreateRecordAsync)).RunAsync;
        }),
        new(Verify, 32, 1.240, (_, system, token) => Send(system, Verify, HttpCall.Get("/api/platform/auth/verify", token))),
        new(LogIn, 4, 227, (_, system, _) => Send(system, LogIn, HttpCall.Post("/api/platform/auth/login", Credentials))),
        new(Event, 32, 2.676, (_, system, _) => new EventActions(system).SendOneAsync),
        new(Metrics, 32, 1.446, (_, system, _) => Send(system, Metrics, HttpCall.Get(MetricQuery))),
        new(Files, 32, 1.298, (loop, system, _) => new FileActions(loop, system).ListAsync),
        new(Upload, 8, 7.963, (_, system, _) => Send(system, Upload, UploadCall)),
    ];

    /// <summary>Fills an empty database: an account, some metrics, some files. Returns the account's access token.</summary>
    /// <exception cref="InvalidOperationException">An answer is not as it should be.</exception>
    public static async Task<string> PrepareAsync(SystemUnderTest system)
    {
        var token = AnswerJson.Need(await system.Client.SendAsync(HttpCall.Post("/api/platform/auth/register", Credentials)), "access_token");
        for (var row = 0; row < Rows; row++)
        {
            AnswerJson.Need(await system.Client.SendAsync(HttpCall.Post("/api/platform/analytics/metrics", Metric)), "metric_name");
            AnswerJson.Need(await system.Client.SendAsync(UploadOf(1024)), "file_hash");
        }
        return token;
    }

    private static Func<ScenarioContext, ValueTask> Send(SystemUnderTest system, string step, HttpCall call) => async context => await Step.SendAsync(step, context, system.Client, call);

    private static HttpCall UploadOf(int bytes)
    {
        const string Boundary = "load-boundary-7f3a";
        const string Head = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"report.pdf\"\r\nContent-Type: application/pdf\r\n\r\n";
        // As compressed files are. In text, most letters occur in the boundary too, at each of which the baseline's parser stops.
        var content = new byte[bytes];
        new Random(1).NextBytes(content);
        return new HttpCall("POST", "/api/automation/files/upload", (byte[])[.. Encoding.ASCII.GetBytes(Head), .. content, .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n")], "multipart/form-data; boundary=" + Boundary);
    }
}

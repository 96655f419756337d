using PyAirtable.Load.Http;
using PyAirtable.Load.Scenarios;
using PyAirtable.Load.Systems;

namespace PyAirtable.Load.Catalog;

/// <summary>What is done with accounts: register, log in, verify, refresh.</summary>
internal sealed class AccountActions(SystemUnderTest system)
{
    private const int Accounts = 4;
    private const int MostSessions = 1000;
    private const string Password = "correct horse battery";

    // Accounts of other runs on the same database have other names.
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly List<string> _emails = [];
    private readonly List<string> _tokens = [];
    private readonly Queue<string> _refreshTokens = new();
    private DataFeed<string> _emailFeed = null!;
    private DataFeed<string> _tokenFeed = null!;
    private int _registered;

    /// <summary>Registers some and logs them in.</summary>
    public async Task InitAsync()
    {
        for (var number = 0; number < Accounts; number++)
        {
            var email = NextEmail();
            AnswerJson.Need(await system.Client.SendAsync(Register(email)), "access_token");
            var login = await system.Client.SendAsync(LogIn(email));
            _tokens.Add(AnswerJson.Need(login, "access_token"));
            _refreshTokens.Enqueue(AnswerJson.Need(login, "refresh_token"));
            _emails.Add(email);
        }
        (_emailFeed, _tokenFeed) = (DataFeed<string>.Circular(_emails), DataFeed<string>.Circular(_tokens));
    }

    /// <summary>A token of one of them.</summary>
    public string Token() => _tokenFeed.GetNextItem();

    /// <summary>A new account.</summary>
    public async ValueTask RegisterAsync(ScenarioContext context) => await Step.SendAsync("register", context, system.Client, Register(NextEmail()));

    /// <summary>A login.</summary>
    public async ValueTask LogInAsync(ScenarioContext context)
    {
        var answer = await Step.SendAsync("login", context, system.Client, LogIn(_emailFeed.GetNextItem()));
        Keep(answer);
    }

    /// <summary>A token is verified.</summary>
    public async ValueTask VerifyAsync(ScenarioContext context) => await Step.SendAsync("verify", context, system.Client, HttpCall.Get("/api/platform/auth/verify", Token()));

    /// <summary>A profile.</summary>
    public async ValueTask ProfileAsync(ScenarioContext context) => await Step.SendAsync("profile", context, system.Client, HttpCall.Get("/api/platform/auth/profile", Token()));

    /// <summary>A refresh token is exchanged; where none is at hand, since all are being exchanged, a token is verified.</summary>
    public async ValueTask RefreshAsync(ScenarioContext context)
    {
        if (!_refreshTokens.TryDequeue(out var token))
        {
            await VerifyAsync(context);
            return;
        }
        Keep(await Step.SendAsync("refresh", context, system.Client, HttpCall.Post("/api/platform/auth/refresh", $$"""{"refresh_token":"{{token}}"}""")));
    }

    private void Keep(HttpAnswer answer)
    {
        if (_refreshTokens.Count < MostSessions && AnswerJson.Text(answer, "refresh_token") is { } token)
        {
            _refreshTokens.Enqueue(token);
        }
    }

    private string NextEmail() => $"user{++_registered}.{_run}@example.com";

    private static HttpCall Register(string email) =>
        HttpCall.Post("/api/platform/auth/register", $$"""{"email":"{{email}}","password":"{{Password}}","first_name":"Ada","last_name":"Load"}""");

    private static HttpCall LogIn(string email) => HttpCall.Post("/api/platform/auth/login", $$"""{"email":"{{email}}","password":"{{Password}}"}""");
}

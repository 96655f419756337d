using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform;

/// <summary>What all routes of accounts, tokens and sessions share, whichever their style.</summary>
internal sealed class Identity
{
    // A hash takes about a quarter of a second: what waits is done within about eight.
    private const int WaitingHashesPerThread = 32;

    /// <summary>Composes it; nothing is opened yet.</summary>
    public Identity(PlatformSettings settings, ProcessContext process, Database database, ILogger log)
    {
        Clock = process.Clock;
        var pool = process.Own(new HashingPool(Environment.ProcessorCount, WaitingHashesPerThread * Environment.ProcessorCount));
        process.Metrics.AddGauge("pyairtable_password_hashes_waiting", "Passwords that wait to be hashed or compared.", () => pool.Waiting);
        var refreshTokens = new RefreshTokenStore(database);
        var revokedTokens = new RevokedTokenStore(database);

        Users = new UserStore(database);
        Rules = new PasswordRules(settings.PasswordMinLength);
        Passwords = new PasswordHasher(settings.PasswordHashRounds, pool);
        Throttle = new LoginThrottle(Clock);
        Admins = new Admins(settings.AdminEmails);
        var access = new AccessTokens(settings.Tokens, Admins, Clock);
        Authenticator = new Authenticator(access, Users, log);
        Revocations = new TokenRevocations(revokedTokens, process.Redis, Clock, log);
        Sessions = new SessionBook(Users, refreshTokens, access, settings.Sessions, Clock);
        Login = new Login(Users, Passwords, Sessions, Throttle);
        Registration = new Registration(Users, Passwords, Sessions, new EventAnnouncer(process.Events, "platform", Clock, log), Clock);
        Events = new AccountEvents(new AccountEventStore(database), Clock, log);
        Sweep = new SessionSweep(refreshTokens, revokedTokens, Clock, log);
    }

    public TimeProvider Clock { get; }

    public UserStore Users { get; }

    public PasswordRules Rules { get; }

    public PasswordHasher Passwords { get; }

    public LoginThrottle Throttle { get; }

    public Admins Admins { get; }

    public Authenticator Authenticator { get; }

    public TokenRevocations Revocations { get; }

    public SessionBook Sessions { get; }

    public Login Login { get; }

    public Registration Registration { get; }

    public AccountEvents Events { get; }

    public SessionSweep Sweep { get; }
}

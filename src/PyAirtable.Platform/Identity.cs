using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Events;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Accounts;
using PyAirtable.Platform.Events;
using PyAirtable.Platform.Passwords;
using PyAirtable.Platform.Sessions;
using PyAirtable.Platform.Storage;
using PyAirtable.Platform.Tokens;

namespace PyAirtable.Platform;

/// <summary>What all routes of accounts, tokens and sessions share, whichever their style.</summary>
internal sealed class Identity
{
    // A hash takes about a quarter of a second: what waits is done within about eight.
    private const int WaitingHashesPerThread = 40;

    /// <summary>Composes it; nothing is opened yet.</summary>
    public Identity(PlatformSettings settings, ProcessContext process, Database database, EventIngestion events, ILogger log)
    {
        Clock = process.Clock;
        // One processor is left to everything else: a thread that computes holds up the garbage collector, which has to stop it first.
        var threads = Math.Max(1, Environment.ProcessorCount - 1);
        var pool = process.Own(new HashingPool(threads, WaitingHashesPerThread * threads));
        process.Metrics.AddGauge("pyairtable_password_hashes_waiting", "Passwords that wait to be hashed or compared.", () => pool.Waiting);
        var refreshTokens = new RefreshTokenStore(database);
        var revokedTokens = new RevokedTokenStore(database);

        Users = new UserStore(database);
        Rules = new PasswordRules(settings.PasswordMinLength);
        Passwords = new PasswordHasher(settings.PasswordHashRounds, pool);
        Throttle = new LoginThrottle(Clock);
        Admins = new Admins(settings.AdminEmails);
        var access = new AccessTokens(settings.Tokens, Admins, Clock);
        Authenticator = new Authenticator(access, new OwnerLookup(OwnerStore.Of(database)), log);
        Revocations = new TokenRevocations(revokedTokens, process, settings.Tokens.Lifetime, log);
        Sessions = new SessionBook(Users, refreshTokens, access, settings.Sessions, Clock);
        Login = new Login(Users, Passwords, Sessions, Throttle);
        Registration = new Registration(Users, Passwords, Sessions, new EventAnnouncer(process.Events, "platform", Clock, log), Clock);
        Events = new AccountEvents(events, Clock);
        Workers = [new SessionSweep(refreshTokens, revokedTokens, Clock, log), new RevocationRecall(Revocations, process, Clock, log)];
    }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The accounts.</summary>
    public UserStore Users { get; }

    /// <summary>What a new password must be.</summary>
    public PasswordRules Rules { get; }

    /// <summary>Hashes and compares them.</summary>
    public PasswordHasher Passwords { get; }

    /// <summary>Slows guessing, on all routes together.</summary>
    public LoginThrottle Throttle { get; }

    /// <summary>Who is an admin.</summary>
    public Admins Admins { get; }

    /// <summary>Finds the user of a token.</summary>
    public Authenticator Authenticator { get; }

    /// <summary>Revokes access tokens.</summary>
    public TokenRevocations Revocations { get; }

    /// <summary>Begins, continues and ends sessions.</summary>
    public SessionBook Sessions { get; }

    /// <summary>Logs in.</summary>
    public Login Login { get; }

    /// <summary>Adds accounts.</summary>
    public Registration Registration { get; }

    /// <summary>Tells the statistics.</summary>
    public AccountEvents Events { get; }

    /// <summary>What goes on beside requests.</summary>
    public IReadOnlyList<IHostedService> Workers { get; }
}

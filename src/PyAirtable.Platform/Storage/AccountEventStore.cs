using Dapper;
using PyAirtable.Hosting.Data;
using PyAirtable.Platform.Accounts;

namespace PyAirtable.Platform.Storage;

/// <summary>Adds what accounts do to the table <c>platform_analytics_events</c> (platform contract 3.3).</summary>
internal sealed class AccountEventStore(Database database)
{
    private const string Insert = """
        INSERT INTO platform_analytics_events (user_id, event_type, event_data, timestamp, ip_address, user_agent)
        VALUES (@UserId, @Type, json(@Data), @Time, @IpAddress, @UserAgent)
        """;

    /// <summary>Adds one.</summary>
    public Task AddAsync(AccountEvent happened, CancellationToken cancel) => database.WriteAsync((connection, transaction, token) => connection.ExecuteAsync(
        Insert,
        new { happened.UserId, happened.Type, happened.Data, happened.Time, happened.IpAddress, happened.UserAgent, cancel = token },
        transaction), cancel);
}

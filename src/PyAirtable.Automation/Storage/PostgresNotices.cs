using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyAirtable.Automation.Workflows;
using PyAirtable.Hosting.Data;

namespace PyAirtable.Automation.Storage;

/// <summary>
/// Hears on a connection of its own what other processes have committed: new executions, and runs that shall stop. It may miss some while
/// it connects; the engine looks by itself once a second.
/// </summary>
internal sealed partial class PostgresNotices(Database database, ExecutionNotices notices, TimeProvider clock, ILogger log) : BackgroundService
{
    // What this process says is no news to it.
    private static readonly string Self = Guid.NewGuid().ToString("N");

    /// <summary>Tells other processes of new executions.</summary>
    public static readonly string NotifyWork = $"SELECT pg_notify('pyairtable_executions', '{Self}')";

    /// <summary>Tells of runs that shall stop.</summary>
    public const string NotifyStop = "SELECT pg_notify('pyairtable_executions', 'stop')";

    private const string Listen = "LISTEN pyairtable_executions";
    private const string Unlisten = "UNLISTEN *";
    private const string Stop = "stop";

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // A connection that is gone without a word is found out by this.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Sends one of the notices when the transaction is committed; on SQLite there is nobody else to tell.</summary>
    public static async Task SendAsync(DbConnection connection, DbTransaction transaction, string notice, CancellationToken cancel)
    {
        if (connection is NpgsqlConnection)
        {
            await using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (notice, transaction);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = FirstWait;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = (NpgsqlConnection)await database.OpenAsync(stoppingToken);
                await RunAsync(connection, Listen, stoppingToken);
                wait = FirstWait;
                notices.Work();
                await HearAsync(connection, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogCut(e.Message);
                await Task.WhenAny(Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), clock, stoppingToken));
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task HearAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        connection.Notification += Tell;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (!await connection.WaitAsync(Silence, stoppingToken))
                {
                    await RunAsync(connection, Listen, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It goes back to the pool, where nobody listens.
            await RunAsync(connection, Unlisten, CancellationToken.None);
        }
        finally
        {
            connection.Notification -= Tell;
        }
    }

    private void Tell(object sender, NpgsqlNotificationEventArgs notice)
    {
        if (notice.Payload == Stop)
        {
            notices.Stop();
        }
        else if (notice.Payload != Self)
        {
            notices.Work();
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(EventId = 66, Level = LogLevel.Warning, Message = "notices of other processes are not heard: {Reason}")]
    private partial void LogCut(string reason);
}

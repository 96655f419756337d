using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Data;
using PyAirtable.Hosting.Redis;
using PyAirtable.Hosting.Serving;
using PyAirtable.Platform.Access;

namespace PyAirtable.Platform.Status;

/// <summary><c>GET /health</c> (platform contract 5.1): 503 with the whole body while the database does not answer.</summary>
internal sealed class HealthEndpoint(Database database, RedisConnection? redis, TimeProvider clock)
{
    private static readonly string[] AuthPaths = ["/auth/register", "/auth/login", "/auth/verify", "/auth/profile"];
    private static readonly string[] AnalyticsPaths = ["/analytics/events", "/analytics/metrics", "/analytics/usage", "/analytics/costs"];

    /// <summary>Probes the database and Redis, and answers.</summary>
    public async Task GetAsync(RequestContext request)
    {
        var redisAnswers = redis?.PingAsync(request.Aborted);
        var databaseAnswers = await database.PingAsync(request.Aborted);
        var redisStatus = redisAnswers is null ? "disabled" : await redisAnswers ? "healthy" : "unhealthy";
        await JsonAnswer.WriteAsync(
            request.Http,
            databaseAnswers ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            (databaseAnswers, redisStatus),
            Write);
    }

    private void Write(Utf8JsonWriter json, (bool DatabaseAnswers, string RedisStatus) found)
    {
        json.WriteString("status"u8, found.DatabaseAnswers ? "healthy"u8 : "unhealthy"u8);
        json.WriteString("service"u8, "platform-services"u8);
        json.WriteString("version"u8, "1.0.0"u8);
        json.WriteStartObject("components"u8);
        WriteConstant(json, "auth");
        WriteConstant(json, "analytics");
        WriteDatabase(json, found.DatabaseAnswers);
        json.WriteStartObject("redis"u8);
        json.WriteString("status"u8, found.RedisStatus);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("endpoints"u8);
        WritePaths(json, "auth", AuthPaths);
        WritePaths(json, "analytics", AnalyticsPaths);
        json.WriteEndObject();

        // From the Go service, whose times have a zone.
        json.WriteString("timestamp"u8, clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }

    private void WriteDatabase(Utf8JsonWriter json, bool answers)
    {
        json.WriteStartObject("database"u8);
        if (answers)
        {
            json.WriteString("status"u8, "healthy"u8);
            json.WriteString("connection"u8, "active"u8);
            json.WriteNumber("pool_size"u8, database.PoolSize);
            json.WriteNumber("checked_out"u8, database.CheckedOut);
        }
        else
        {
            json.WriteString("status"u8, "unhealthy"u8);
            json.WriteString("error"u8, "Database connection failed"u8);
        }

        json.WriteEndObject();
    }

    // The contract's port, wherever this listens.
    private static void WriteConstant(Utf8JsonWriter json, string component)
    {
        json.WriteStartObject(component);
        json.WriteString("status"u8, "healthy"u8);
        json.WriteNumber("port"u8, 8007);
        json.WriteEndObject();
    }

    private static void WritePaths(Utf8JsonWriter json, string name, string[] paths)
    {
        json.WriteStartArray(name);
        foreach (var path in paths)
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
    }
}

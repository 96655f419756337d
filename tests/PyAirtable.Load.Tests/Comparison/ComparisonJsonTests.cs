using System.Text.Json;
using PyAirtable.Load.Comparison;

namespace PyAirtable.Load.Tests.Comparison;

public sealed class ComparisonJsonTests
{
    [Fact]
    public void Write_Rounds_HaveBothSidesAndAllRoutes()
    {
        using var json = Written(Sides.Side(perSecond: 321.5));

        var round = json.RootElement.GetProperty("rounds")[0];
        Assert.Equal(321.5, round.GetProperty("ours").GetProperty("routes").GetProperty("verify").GetProperty("per_second").GetDouble());
        Assert.Equal(ComparedRoutes.All.Count, round.GetProperty("python").GetProperty("routes").EnumerateObject().Count());
        Assert.Equal("gateway", json.RootElement.GetProperty("claims")[0].GetProperty("claim").GetString());
    }

    [Fact]
    public void Write_WhatWasNotMeasured_IsNull()
    {
        using var json = Written(Sides.Side(start: double.NaN));

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("rounds")[0].GetProperty("ours").GetProperty("start_ms").ValueKind);
    }

    private static JsonDocument Written(SideFigures ours) => JsonDocument.Parse(ComparisonJson.Write(Sides.Of((ours, Sides.Side())), ComparisonOptions.Read([]), "0.42"));
}

using PyAirtable.Load.Http;
using PyAirtable.Load.Loop;

namespace PyAirtable.Load.Tests.Http;

public sealed class ConnectionPoolTests
{
    [Fact]
    public void RentAsync_AllInUse_WaitsItsTurn()
    {
        using var server = new OneAnswerServer("\r\n\r\n", _ => []);
        List<int> order = [];

        LoadLoop.Run(async loop =>
        {
            using var pool = new ConnectionPool(loop, server.Address, 1);
            var first = await pool.RentAsync();
            var waiting = Enumerable.Range(1, 3).Select(TakeTurnAsync).ToList();
            Assert.Empty(order);
            pool.Return(first);
            await Task.WhenAll(waiting);
            Assert.Equal(1, pool.Count);
            return 0;

            async Task TakeTurnAsync(int number)
            {
                var connection = await pool.RentAsync();
                order.Add(number);
                pool.Return(connection);
            }
        });

        Assert.Equal([1, 2, 3], order);
    }

    [Fact]
    public void Fill_Count_OpensThatManyAndNoMoreThanTheLimit()
    {
        using var server = new OneAnswerServer("\r\n\r\n", _ => []);

        LoadLoop.Run(loop =>
        {
            using var pool = new ConnectionPool(loop, server.Address, 5);
            pool.Fill(3);
            Assert.Equal(3, pool.Count);
            pool.Fill(9);
            Assert.Equal(5, pool.Count);
            return Task.FromResult(0);
        });
    }
}

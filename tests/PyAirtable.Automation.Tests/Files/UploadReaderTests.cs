using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using PyAirtable.Automation.Files;
using PyAirtable.Hosting.Errors;
using PyAirtable.Hosting.Transport;

namespace PyAirtable.Automation.Tests.Files;

public sealed class UploadReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("upload-reader-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What follows writes to the disk, which may take its time.
    [Fact]
    public async Task Read_OfBytesThatAnEventLoopBrings_EndsElsewhere()
    {
        await using var loops = new EventLoops(1);
        await using var listener = await new EpollTransport(loops).BindAsync(new IPEndPoint(IPAddress.Loopback, 0), Cancel);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.EndPoint, Cancel);
        await using var server = await listener.AcceptAsync(Cancel);
        var input = server!.Transport.Input;
        var http = new DefaultHttpContext { Request = { ContentType = "multipart/form-data; boundary=b", Body = input.AsStream() } };
        using var reader = new UploadReader(new UploadFolder(_folder), new UploadRules([".txt"], 1000));

        var reading = ReadAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--b--\r\n"), Cancel);
        client.Shutdown(SocketShutdown.Send);
        var (before, after, file) = await reading;

        Assert.NotNull(before);
        Assert.Null(after);
        Assert.Equal("hello", await File.ReadAllTextAsync(file!.Temporary.Name, Cancel));

        async Task<(EventLoop? Before, EventLoop? After, ReceivedFile? File)> ReadAsync()
        {
            input.AdvanceTo((await input.ReadAsync(Cancel)).Buffer.Start);
            var before = EventLoop.Current;
            var (received, _) = await reader.ReadAsync(http.Request, new ValidationErrors(), Cancel);
            return (before, EventLoop.Current, received);
        }
    }
}

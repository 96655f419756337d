using PyAirtable.Automation.Files;
using PyAirtable.Automation.Triggers;

namespace PyAirtable.Automation.Tests.Triggers;

public sealed class TriggerRulesTests
{
    private static readonly FileEvent Uploaded = new(FileEvent.Upload, new StoredFile { Id = 8, OriginalFilename = "dir/Z.b.TXT", FileSize = 5, MimeType = "text/plain" });

    [Theory]
    [Contract("D31", "9.12")]
    [InlineData("[]", false)]
    [InlineData("""[{}]""", false)]
    [InlineData("""[{"type":"file_upload"}]""", true)]
    [InlineData("""[{"type":"file_processed"}]""", false)]
    [InlineData("""[{"type":"cron"}]""", false)]
    [InlineData("""[{"type":5}]""", false)]
    [InlineData("""[5,null,"file_upload",["file_upload"],{"type":"file_upload"}]""", true)]
    [InlineData("""[{"type":"file_upload","other":1}]""", true)]
    [InlineData("""[{"type":"file_upload","file_extensions":[".pdf",".txt"]}]""", true)]
    [InlineData("""[{"type":"file_upload","file_extensions":[".TXT"]}]""", false)]
    [InlineData("""[{"type":"file_upload","file_extensions":["txt"]}]""", false)]
    [InlineData("""[{"type":"file_upload","file_extensions":[]}]""", false)]
    [InlineData("""[{"type":"file_upload","file_extensions":".txt"}]""", false)]
    [InlineData("""[{"type":"file_upload","file_extensions":[5,null,".txt"]}]""", true)]
    [InlineData("""[{"type":"file_upload","max_file_size":5}]""", true)]
    [InlineData("""[{"type":"file_upload","max_file_size":5.5}]""", true)]
    [InlineData("""[{"type":"file_upload","max_file_size":4}]""", false)]
    [InlineData("""[{"type":"file_upload","max_file_size":"5"}]""", false)]
    [InlineData("""[{"type":"file_upload","max_file_size":null}]""", false)]
    [InlineData("""[{"type":"file_upload","mime_types":["text/plain"]}]""", true)]
    [InlineData("""[{"type":"file_upload","mime_types":["Text/Plain"]}]""", false)]
    [InlineData("""[{"type":"file_upload","mime_types":{}}]""", false)]
    [InlineData("""[{"type":"file_upload","file_extensions":[".txt"],"max_file_size":5,"mime_types":["text/plain"]}]""", true)]
    [InlineData("""[{"type":"file_upload","file_extensions":[".txt"],"max_file_size":4,"mime_types":["text/plain"]}]""", false)]
    [InlineData("""[{"type":"file_upload","max_file_size":"broken"},{"type":"file_upload"}]""", true)]
    public void Match_Elements_AsTheContractSays(string triggers, bool matches) => Assert.Equal(matches, TriggerRules.Match(triggers, Uploaded));

    [Theory]
    [InlineData("""[{"type":"event","event":"user.registered"},{"type":"event","event":"x"},{"type":"file_upload","event":"y"}]""", "user.registered x")]
    [InlineData("""[{"type":"event"},{"type":"event","event":5},{"event":"z"}]""", "")]
    public void EventTypes_Elements_AreThoseOfTheBus(string triggers, string types) => Assert.Equal(types, string.Join(' ', TriggerRules.EventTypes(triggers)));

    [Fact]
    [Contract("9.12")]
    public void Data_OfAFile_IsTheContracts() =>
        Assert.Equal("""{"file_id":8,"filename":"dir/Z.b.TXT","file_size":5,"mime_type":"text/plain"}""", Uploaded.Data);
}

using System.Text.Json;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

public sealed partial class BodyFields
{
    /// <summary>
    /// An array, which must be there, of objects with known members. An item that is no object is told and left out. Reading ends
    /// early once so many faults were found that no further one would be told. To be run through once, since each run tells them.
    /// </summary>
    public IEnumerable<BodyFields> Items(string name)
    {
        if (!TryRequire(name, out var list) || !IsList(name, list))
        {
            yield break;
        }

        var at = _location.Member(name);
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (_errors.IsFull)
            {
                yield break;
            }

            var place = at.Item(index++);
            if (item.ValueKind is JsonValueKind.Object)
            {
                yield return new BodyFields(item, place, _errors);
            }
            else
            {
                _errors.Add(ValidationError.ModelType(place, item));
            }
        }
    }

    /// <summary>An array of objects of any members that may be absent (an undefined element then) but not null.</summary>
    public JsonElement ObjectsOrAbsent(string name) => TryFind(name, out var list) ? ReadObjects(name, list) ?? default : default;

    /// <summary>An array of objects of any members that may be absent or null.</summary>
    public JsonElement? OptionalObjects(string name) => TryFindValue(name, out var list) ? ReadObjects(name, list) : null;

    private JsonElement? ReadObjects(string name, JsonElement list)
    {
        if (!IsList(name, list))
        {
            return null;
        }

        var good = true;
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.Object)
            {
                good = false;
                _errors.Add(ValidationError.ObjectType(_location.Member(name).Item(index), item));
            }

            index++;
        }

        if (TextRules.ContainsNul(list))
        {
            good = false;
            _errors.Add(ValidationError.NulCharacter(_location.Member(name), list));
        }

        return good ? list : null;
    }

    private bool IsList(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            return true;
        }

        _errors.Add(ValidationError.ListType(_location.Member(name), value));
        return false;
    }
}

using System.Globalization;

namespace PyAirtable.Bench.Peers;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    private Arguments(string bench) => (Bench, Name) = (bench, bench);

    /// <summary>peers, connections, websockets, reload or faults.</summary>
    public string Bench { get; }

    /// <summary>Rounds of each case.</summary>
    public int Rounds { get; private set; } = 5;

    /// <summary>Seconds of each measured run.</summary>
    public int Seconds { get; private set; } = 3;

    /// <summary>Connections, sockets or reloads; 0 for the bench's own number.</summary>
    public int Count { get; private set; }

    /// <summary>Only cases whose name has this in it.</summary>
    public string CaseFilter { get; private set; } = "";

    /// <summary>Names of the peers, separated by commas; empty for all.</summary>
    public string PeerFilter { get; private set; } = "";

    /// <summary>The gateway's executable.</summary>
    public string Gateway { get; private set; } = Path.GetFullPath("artifacts/publish/Gateway/pyairtable-gateway");

    /// <summary>Name of the report's files; the bench's own unless another is given.</summary>
    public string Name { get; private set; }

    /// <summary>The core of the proxies.</summary>
    public int ProxyCore { get; private set; }

    /// <summary>The core of everything else.</summary>
    public int LoadCore { get; private set; } = 1;

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">An option is unknown or has no or a wrong value.</exception>
    public static Arguments Read(string[] args)
    {
        var arguments = new Arguments(args[0]);
        for (var i = 1; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new FormatException($"{args[i - 1]} needs a value");
            int Number() => int.Parse(Value(), NumberStyles.None, CultureInfo.InvariantCulture);
            switch (args[i])
            {
                case "--quick":
                    (arguments.Rounds, arguments.Seconds, arguments.CaseFilter) = (2, 2, "64-250-GET");
                    break;
                case "--rounds":
                    arguments.Rounds = Math.Max(1, Number());
                    break;
                case "--seconds":
                    arguments.Seconds = Math.Max(1, Number());
                    break;
                case "--count":
                    arguments.Count = Number();
                    break;
                case "--case":
                    arguments.CaseFilter = Value();
                    break;
                case "--peers":
                    arguments.PeerFilter = Value();
                    break;
                case "--gateway":
                    arguments.Gateway = Path.GetFullPath(Value());
                    break;
                case "--name":
                    arguments.Name = Value();
                    break;
                case "--cores":
                    var cores = Value().Split(',');
                    (arguments.ProxyCore, arguments.LoadCore) = (int.Parse(cores[0], CultureInfo.InvariantCulture), int.Parse(cores[^1], CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new FormatException($"unknown option {args[i]}; see --help");
            }
        }
        return arguments;
    }
}

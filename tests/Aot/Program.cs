// The compilation is the test: build/publish.sh of this project must give no warning.
System.Console.WriteLine("rooted");

using System.Text;
using Microsoft.Extensions.Options;
using Sessions.DeviceNames;
using Sessions.Identity;
using Sessions.Identity.Devices;

// Reads {"ua": "...", "headers": {...}} a line, writes the device a line. With --rules: what uap-core's bare rules say.
Func<Request, object> answer = args.Contains("--rules")
    ? BareAnswer.Of
    : new DeviceAnswer(new UserAgentParser(Options.Create(new UserSessionOptions()))).Of;

using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
while (input.ReadLine() is { } line)
{
    output.WriteLine(Answers.ToLine(line, answer));
}

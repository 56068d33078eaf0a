using Sessions.DeviceChecks;

// dotnet run --project tools/DeviceChecks -- conformance <a checkout of uap-core>
// dotnet run --project tools/DeviceChecks -- accuracy <user-agents.json of the npm package user-agents>
return args switch
{
    ["conformance", var folder] => Conformance.Run(folder),
    ["accuracy", var file] => Accuracy.Run(file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: DeviceChecks conformance <folder of uap-core> | accuracy <user-agents.json>");
    return 2;
}

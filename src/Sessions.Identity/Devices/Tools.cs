using System.Collections.Frozen;
using Sessions.Identity.Devices.Rules;

namespace Sessions.Identity.Devices;

/// <summary>HTTP libraries and command-line tools, told by the product that their user agent begins with.</summary>
internal static class Tools
{
    private static readonly FrozenDictionary<string, string> _byFirstProduct = new Dictionary<string, string>
    {
        ["curl"] = "curl",
        ["libcurl"] = "curl",
        ["Wget"] = "Wget",
        ["Wget2"] = "Wget",
        ["HTTPie"] = "HTTPie",
        ["xh"] = "xh",
        ["hurl"] = "Hurl",
        ["aria2"] = "aria2",
        ["PostmanRuntime"] = "Postman",
        ["insomnia"] = "Insomnia",
        ["bruno-runtime"] = "Bruno",
        ["Thunder Client"] = "Thunder Client",
        ["vscode-restclient"] = "REST Client",
        ["python-requests"] = "python-requests",
        ["Python-urllib"] = "Python",
        ["python-urllib3"] = "Python",
        ["Python"] = "Python",
        ["python-httpx"] = "python-httpx",
        ["aiohttp"] = "aiohttp",
        ["Go-http-client"] = "Go",
        ["Go http package"] = "Go",
        ["go-resty"] = "Go",
        ["okhttp"] = "OkHttp",
        ["Apache-HttpClient"] = "Apache HttpClient",
        ["Apache-HttpAsyncClient"] = "Apache HttpClient",
        ["Jakarta Commons-HttpClient"] = "Apache HttpClient",
        ["Java"] = "Java",
        ["Java-http-client"] = "Java",
        ["ReactorNetty"] = "Reactor Netty",
        ["Jetty"] = "Jetty",
        ["axios"] = "axios",
        ["node-fetch"] = "node-fetch",
        ["node-superagent"] = "superagent",
        ["node"] = "Node.js",
        ["undici"] = "Node.js",
        ["got"] = "got",
        ["Deno"] = "Deno",
        ["Bun"] = "Bun",
        ["Dart"] = "Dart",
        ["reqwest"] = "reqwest",
        ["ureq"] = "ureq",
        ["hyper"] = "hyper",
        ["isahc"] = "isahc",
        ["GuzzleHttp"] = "Guzzle",
        ["Guzzle"] = "Guzzle",
        ["Symfony HttpClient"] = "Symfony HttpClient",
        ["PHP"] = "PHP",
        ["PHP-SOAP"] = "PHP",
        ["Ruby"] = "Ruby",
        ["Faraday"] = "Faraday",
        ["Faraday v"] = "Faraday",
        ["rest-client"] = "rest-client",
        ["Typhoeus"] = "Typhoeus",
        ["http.rb"] = "http.rb",
        ["libwww-perl"] = "libwww-perl",
        ["lwp-request"] = "libwww-perl",
        ["HTTP-Tiny"] = "HTTP::Tiny",
        ["RestSharp"] = "RestSharp",
        ["PowerShell"] = "PowerShell",
        ["WinHttp"] = "WinHTTP",
        ["Microsoft BITS"] = "Windows BITS",
        ["Microsoft-CryptoAPI"] = "Windows",
        ["Microsoft-WNS"] = "Windows",
        ["git"] = "Git",
        ["k6"] = "k6",
        ["Grafana k6"] = "k6",
        ["ApacheBench"] = "ApacheBench",
        ["Apache-JMeter"] = "JMeter",
        ["Artillery"] = "Artillery",
        ["hey"] = "hey",
        ["oha"] = "oha",
        ["wrk"] = "wrk",
        ["Scrapy"] = "Scrapy",
        ["sqlmap"] = "sqlmap",
        ["Nuclei"] = "Nuclei",
        ["Alamofire"] = "Alamofire",
        ["Elixir"] = "Elixir",
        ["hackney"] = "hackney",
        ["lua-resty-http"] = "lua-resty-http",
        ["aws-cli"] = "AWS CLI",
        ["Boto"] = "Boto",
        ["Boto3"] = "Boto",
        ["Google-HTTP-Java-Client"] = "Google HTTP Client",
        ["google-api-nodejs-client"] = "Google API Client",
        ["urlgrabber"] = "urlgrabber",
        ["kubectl"] = "kubectl",
        ["Terraform"] = "Terraform",
        ["Swagger-Codegen"] = "Swagger Codegen",
        ["OpenAPI-Generator"] = "OpenAPI Generator",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static DeviceInfo? Recognise(DeviceClues clues)
    {
        var (name, version) = FirstProduct(clues.UserAgent);
        if (clues.Has("WindowsPowerShell/") || clues.Has(") PowerShell/"))
        {
            return Tool("PowerShell", ProductToken.Version(clues.UserAgent, "WindowsPowerShell") ?? ProductToken.Version(clues.UserAgent, "PowerShell"));
        }

        // "Python/3.12 aiohttp/3.9": the library says more than the language.
        if (name == "Python" && ProductToken.Version(clues.UserAgent, "aiohttp") is { } aiohttp)
        {
            return Tool("aiohttp", aiohttp);
        }

        if (_byFirstProduct.TryGetValue(name, out var tool))
        {
            return Tool(tool, version);
        }

        return clues.Crawler is { IsLibrary: true } library ? FromCrawlerList(clues.UserAgent, library, name, version) : null;
    }

    // Some libraries dress as a browser, but say "compatible".
    private static DeviceInfo? FromCrawlerList(string userAgent, CrawlerRuling library, string name, string? version) =>
        !userAgent.StartsWith("Mozilla/", StringComparison.Ordinal) ? Tool(name.Length > 0 ? name : library.Matched, version)
        : userAgent.Contains("(compatible;", StringComparison.Ordinal) ? Tool(library.Matched.Trim('/', ' '), null)
        : null;

    private static DeviceInfo Tool(string name, string? version) => new() { Browser = name, BrowserVersion = version, DeviceType = DeviceType.Tool };

    private static (string Name, string? Version) FirstProduct(string userAgent)
    {
        var end = userAgent.AsSpan().IndexOfAny('/', '(', ';');
        var name = (end < 0 ? userAgent : userAgent[..end]).Trim();
        return (name, end >= 0 && userAgent[end] == '/' ? ProductToken.Version(userAgent, name) : null);
    }
}

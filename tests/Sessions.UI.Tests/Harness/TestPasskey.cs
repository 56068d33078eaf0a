using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Sessions.IntegrationTests.Harness;

namespace Sessions.UI.Tests.Harness;

/// <summary>A person's passkey, with a real key: Identity verifies what it signs.</summary>
internal sealed class TestPasskey : IDisposable
{
    private static readonly byte[] _id = "a credential"u8.ToArray();

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What a page with passkeys calls: for the options, and with what the browser's script made of them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/passkey-options", (SignInManager<IdentityUser> signIn) => signIn.MakePasskeyRequestOptionsAsync(null));
        app.MapPost("/passkey", async (SignInManager<IdentityUser> signIn, [FromForm] string credential) =>
            (await signIn.PasskeySignInAsync(credential)).Succeeded ? Results.Redirect("/whoami") : Results.Unauthorized()).DisableAntiforgery();
    }

    public static async Task<TestPasskey> CreateAsync(TestApp app, IdentityUser user)
    {
        var passkey = new TestPasskey();
        var stored = new UserPasskeyInfo(_id, passkey.PublicKey(), app.Time.Start, 0, ["internal"], isUserVerified: true, isBackupEligible: false, isBackedUp: false, [2], [3]);
        var added = await app.WithUsersAsync(async users => await users.AddOrUpdatePasskeyAsync((await users.FindByIdAsync(user.Id))!, stored));
        Assert.True(added.Succeeded);
        return passkey;
    }

    /// <summary>What a browser's script sends for the options that the app gave it (WebAuthn, section 7.2).</summary>
    public string Answer(string options, IdentityUser user)
    {
        using var asked = JsonDocument.Parse(options);
        var clientData = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "webauthn.get",
            challenge = asked.RootElement.GetProperty("challenge").GetString(),
            origin = "https://localhost",
            crossOrigin = false,
        });

        // The site's digest, "the person was there and was verified", and how often it was used.
        byte[] authenticatorData = [.. SHA256.HashData("localhost"u8), 0x05, 0, 0, 0, 1];
        var signature = _key.SignData([.. authenticatorData, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return JsonSerializer.Serialize(new
        {
            id = Base64Url.EncodeToString(_id),
            type = "public-key",
            clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(clientData),
                authenticatorData = Base64Url.EncodeToString(authenticatorData),
                signature = Base64Url.EncodeToString(signature),
                userHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(user.Id)),
            },
        });
    }

    public void Dispose() => _key.Dispose();

    // COSE's map of an ES256 key: its type, algorithm, curve and point.
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }
}

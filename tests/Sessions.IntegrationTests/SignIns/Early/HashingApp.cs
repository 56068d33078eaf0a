using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.IntegrationTests.Chaos;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns.Early;

/// <summary>An app with Identity's own hash, in which a test has its hand.</summary>
internal static class HashingApp
{
    public static async Task<ChaosApp> StartAsync(TestDatabase? database = null, Action<TestAppSetup>? configure = null, Action<UserSessionOptions>? options = null)
    {
        var chaos = await ChaosApp.StartAsync(
            setup =>
            {
                setup.Database = database;
                setup.ConfigureServices += services => services.AddScoped<IPasswordHasher<IdentityUser>, Hasher>().AddSingleton<Hashing>();
                configure?.Invoke(setup);
            },
            options);
        Of(chaos).Compare = chaos.Store.Compare;
        return chaos;
    }

    /// <summary>What the app's hash does and saw.</summary>
    public static Hashing Of(ChaosApp chaos) => chaos.App.Services.GetRequiredService<Hashing>();

    public sealed class Hashing
    {
        /// <summary>The question about the device.</summary>
        public Fault Compare { get; set; } = null!;

        /// <summary>How many questions had been answered by the end of each hash that waited for its own.</summary>
        public List<int> AskedMeanwhile { get; } = [];

        /// <summary>Whether a hash takes as long as its question.</summary>
        public bool IsPatient { get; set; } = true;

        /// <summary>What somebody else does in the middle of the next hash.</summary>
        public Func<Task>? Meanwhile { get; set; }

        public async Task GoOnAsync()
        {
            if (IsPatient)
            {
                await Eventually.TrueAsync(() => Task.FromResult(Compare.Answers > AskedMeanwhile.Count), "the device is asked about while the password is hashed");
                AskedMeanwhile.Add(Compare.Answers);
            }

            var meanwhile = Meanwhile;
            Meanwhile = null;
            await (meanwhile?.Invoke().WaitAsync(Eventually.Patience) ?? Task.CompletedTask);
        }
    }

    private sealed class Hasher(IOptions<PasswordHasherOptions> options, Hashing hashing) : PasswordHasher<IdentityUser>(options)
    {
        public override PasswordVerificationResult VerifyHashedPassword(IdentityUser user, string hashedPassword, string providedPassword)
        {
            hashing.GoOnAsync().GetAwaiter().GetResult(); // a hash keeps its thread
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}

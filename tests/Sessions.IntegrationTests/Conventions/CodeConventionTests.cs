using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sessions.Identity;
using Sessions.Tests.Templates;

namespace Sessions.IntegrationTests.Conventions;

/// <summary>What every part of the library keeps to.</summary>
public sealed class CodeConventionTests
{
    private static readonly Assembly _library = typeof(UserSessionOptions).Assembly;

    // The folders that know Entity Framework: the store, and what registers it.
    private static readonly string[] _entityFrameworkFolders = ["EntityFrameworkCore", "Setup"];

    [Fact]
    public void Internal_classes_are_sealed()
    {
        var open = OwnTypes().Where(type => type is { IsClass: true, IsVisible: false, IsSealed: false, IsAbstract: false });

        Assert.Empty(open.Select(type => type.FullName));
    }

    [Fact]
    public void Public_async_methods_say_so_in_their_names()
    {
        var methods = AsyncMethods().Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal));

        Assert.Empty(methods.Select(Describe));
    }

    [Fact]
    public void Public_async_methods_take_a_token_at_the_end()
    {
        // Overrides have the shape that Identity gave them.
        var methods = AsyncMethods()
            .Where(method => method.GetBaseDefinition() == method)
            .Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken));

        Assert.Empty(methods.Select(Describe));
    }

    [Fact]
    public void Ids_of_log_lines_are_unique()
    {
        var ids = _library.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(line => line.EventId)
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct().Order(), ids.Order());
    }

    [Fact]
    public void Only_the_store_and_its_set_up_know_entity_framework()
    {
        var root = Path.Combine(Tool.Repository, "src", "Sessions.Identity");
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(root, file), Text: File.ReadAllText(file)))
            .Where(file => !_entityFrameworkFolders.Contains(file.Path.Split(Path.DirectorySeparatorChar)[0]))
            .Where(file => file.Path != "SessionsIdentityBuilderExtensions.cs")
            .Where(file => file.Text.Contains("using Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || file.Text.Contains(": DbContext", StringComparison.Ordinal));

        Assert.Empty(files.Select(file => file.Path));
    }

    private static IEnumerable<Type> OwnTypes() => _library.GetTypes().Where(type =>
        (type.Namespace?.StartsWith("Sessions", StringComparison.Ordinal) == true || type.IsPublic)
        && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        && !type.Name.Contains('<', StringComparison.Ordinal));

    private static IEnumerable<MethodInfo> AsyncMethods() => OwnTypes()
        .Where(type => type.IsVisible && type != typeof(UserSessionEvents)) // named like CookieAuthenticationEvents, whose contexts carry the token
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName && (typeof(Task).IsAssignableFrom(method.ReturnType) || IsValueTask(method.ReturnType)));

    private static bool IsValueTask(Type type) =>
        type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}

using Microsoft.Extensions.Localization;

namespace Sessions.UI.Words;

/// <summary>A host's own texts first, then ours.</summary>
internal sealed class OverriddenText<TTexts>(IStringLocalizerFactory factory) : IStringLocalizer<SessionsText>
{
    private readonly IStringLocalizer _own = factory.Create(typeof(TTexts));
    private readonly IStringLocalizer _ours = factory.Create(typeof(SessionsText));

    public LocalizedString this[string name] => _own[name] is { ResourceNotFound: false } found ? found : _ours[name];

    public LocalizedString this[string name, params object[] arguments] =>
        _own[name, arguments] is { ResourceNotFound: false } found ? found : _ours[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        _own.GetAllStrings(includeParentCultures).Concat(_ours.GetAllStrings(includeParentCultures)).DistinctBy(text => text.Name);
}

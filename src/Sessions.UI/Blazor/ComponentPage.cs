using Microsoft.AspNetCore.Http;

namespace Sessions.UI.Blazor;

/// <summary>A page of ours that is a component.</summary>
/// <param name="Page">Which page it is.</param>
/// <param name="Component">The component.</param>
/// <param name="Framed">The same in the layout of the app's Manage pages; <see langword="null"/> for a page that stands outside.</param>
/// <param name="AnswerAsync">Answers a named handler, as those of a Razor Page. Without an answer the page is shown, with what came of it.</param>
internal sealed record ComponentPage(SessionsPage Page, Type Component, Type? Framed, Func<HttpContext, string?, Task<IResult?>> AnswerAsync)
{
    private static readonly ComponentPage[] _all =
    [
        new(SessionsPage.Devices, typeof(DevicesPage), typeof(FramedDevices), DevicesHandlers.AnswerAsync),
        new(SessionsPage.History, typeof(HistoryPage), typeof(FramedHistory), HistoryHandlers.AnswerAsync),
        new(SessionsPage.ConfirmAccess, typeof(ConfirmAccessPage), Framed: null, ConfirmAccessHandlers.AnswerAsync),
        new(SessionsPage.Limit, typeof(LimitPage), Framed: null, LimitHandlers.AnswerAsync),
        new(SessionsPage.NotMe, typeof(NotMePage), Framed: null, NotMeHandlers.AnswerAsync),
    ];

    public static ComponentPage? Find(Type component) => _all.FirstOrDefault(page => page.Component == component);
}

using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions.UI.PersonalData;

/// <summary>Adds to Identity UI's own page or a scaffolded one: both have this path.</summary>
internal sealed class PersonalDataSetup : IConfigureOptions<RazorPagesOptions>
{
    public void Configure(RazorPagesOptions options) => options.Conventions.AddAreaPageApplicationModelConvention(
        "Identity", "/Account/Manage/DownloadPersonalData", page => page.Filters.Add(new PersonalDataFilter()));
}

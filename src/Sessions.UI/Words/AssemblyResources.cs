using Microsoft.Extensions.Localization;

// Our texts stay where they are, whatever ResourcesPath the app has for its own.
[assembly: ResourceLocation("Resources")]

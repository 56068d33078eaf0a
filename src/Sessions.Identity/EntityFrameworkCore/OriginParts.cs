using System.Diagnostics;
using System.Linq.Expressions;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The parts that projections of sessions and of events share. Inlined into a projection, they read these columns only.</summary>
internal static class OriginParts
{
    private static readonly Expression<Func<IOriginColumns, DeviceInfo>> _device = row => new DeviceInfo
    {
        Browser = row.Browser,
        BrowserVersion = row.BrowserVersion,
        OperatingSystem = row.OperatingSystem,
        OperatingSystemVersion = row.OperatingSystemVersion,
        DeviceType = row.DeviceType ?? DeviceType.Unknown,
        DeviceModel = row.DeviceModel,
        AppName = row.AppName,
        AppVersion = row.AppVersion,
        AppBuild = row.AppBuild,
    };

    private static readonly Expression<Func<IOriginColumns, double?, double?, IpLocation?>> _location = (row, latitude, longitude) =>
        row.CountryCode == null && row.Country == null && row.City == null && row.AutonomousSystemNumber == null ? null : new IpLocation
        {
            CountryCode = row.CountryCode,
            Country = row.Country,
            Region = row.Region,
            City = row.City,
            Latitude = latitude,
            Longitude = longitude,
            AutonomousSystemNumber = row.AutonomousSystemNumber,
            Organization = row.Organization,
        };

    /// <summary>Stands in a projection for the device of a row.</summary>
    public static DeviceInfo Device(IOriginColumns row) => throw new UnreachableException();

    /// <summary>Stands in a projection for the place of a row.</summary>
    public static IpLocation? Location(IOriginColumns row, double? latitude, double? longitude) => throw new UnreachableException();

    /// <summary>Puts the parts in the place of their names.</summary>
    public static Expression<Func<TRow, TInfo>> Inline<TRow, TInfo>(Expression<Func<TRow, TInfo>> projection) =>
        (Expression<Func<TRow, TInfo>>)new Inliner().Visit(projection);

    private sealed class Inliner : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node) => node.Method.Name switch
        {
            _ when node.Method.DeclaringType != typeof(OriginParts) => base.VisitMethodCall(node),
            nameof(Device) => new Arguments(_device.Parameters, node.Arguments).Visit(_device.Body),
            _ => new Arguments(_location.Parameters, node.Arguments).Visit(_location.Body),
        };
    }

    private sealed class Arguments(IList<ParameterExpression> parameters, IList<Expression> arguments) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => arguments[parameters.IndexOf(node)];
    }
}

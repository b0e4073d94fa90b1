using Microsoft.AspNetCore.Authorization;

namespace Plenaria.Platform.Access;

/// <summary>
/// Who may open a page or call an endpoint: holders of a permission. Public pages say
/// <see cref="AllowAnonymousAttribute"/>, pages for anyone signed in <see cref="AuthorizeAttribute"/>; a page that says
/// nothing keeps the program from starting.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowAttribute(string permission) : AuthorizeAttribute(PolicyPrefix + permission)
{
    internal const string PolicyPrefix = "may:";
}

using System.Diagnostics.CodeAnalysis;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Access;

/// <summary>
/// What a person may be in the network. A grant of a role may be limited to a scope. Modules declare the roles they
/// need (<see cref="RoleExtensions.Role"/>); those that several modules know stand here.
/// </summary>
/// <param name="Key">An English word in Pascal case. It is what is stored, and never changes.</param>
public readonly record struct Role(string Key) : IParsable<Role>
{
    public const int MaxLength = 40;

    public static Role Staff { get; } = new("Staff");
    public static Role Regional { get; } = new("Regional");
    public static Role Member { get; } = new("Member");
    public static Role Juror { get; } = new("Juror");
    public static Role Editor { get; } = new("Editor");
    public static Role Translator { get; } = new("Translator");
    public static Role Auditor { get; } = new("Auditor");

    /// <summary>
    /// Speaks a member's voice: may vote in its name. Whoever holds it for a member holds <see cref="Member"/> for it
    /// too.
    /// </summary>
    public static Role Delegate { get; } = new("Delegate");

    /// <summary>As it stands in commands and in files: in lower case.</summary>
    public string Word => Key.ToLowerInvariant();

    /// <summary>Its name's key among the texts of the interface.</summary>
    public string TextKey => $"access.role.{Word}";

    /// <summary>
    /// Reads a role in any case. Whether a module declares it is for <see cref="PermissionCatalog.Roles"/> to say.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Role result)
    {
        var isRole = s is { Length: > 0 and <= MaxLength } && s.All(char.IsAsciiLetter);
        result = isRole ? new(char.ToUpperInvariant(s![0]) + s[1..]) : default;
        return isRole;
    }

    public static Role Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var role) ? role : throw new FormatException($"'{s}' is not a role.");

    public override string ToString() => Key ?? "";
}

/// <summary>A role that exists in this installation.</summary>
/// <param name="IsGiven">Whether the Secretariat gives it to people by hand; otherwise a module gives it by its own
/// rules.</param>
public sealed record RoleDeclaration(Role Role, bool IsGiven) : IUniqueDeclaration
{
    public string Key => Role.Key;
}

public static class RoleExtensions
{
    /// <summary>
    /// A role of this module. Its name is the text <see cref="Access.Role.TextKey"/>; what it may do, permissions say.
    /// </summary>
    public static ModuleBuilder Role(this ModuleBuilder module, Role role, bool isGiven = true) =>
        module.Add(new RoleDeclaration(role, isGiven));
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Plenaria.Web.Shell;

/// <summary>
/// What the framework would say in English of a field becomes the key of a text; the filter that refuses a form says it
/// in the reader's language. A message that is no key is taken to be said already.
/// </summary>
internal sealed class FormMessages : IValidationMetadataProvider
{
    private const string NotUsable = "site.not-usable",
        Missing = "site.missing",
        TooLong = "site.too-long";

    public static void Use(MvcOptions options)
    {
        options.ModelMetadataDetailsProviders.Add(new FormMessages());
        options.ModelBinderProviders.Insert(0, new CleanTextBinderProvider());
        var says = options.ModelBindingMessageProvider;
        says.SetAttemptedValueIsInvalidAccessor((_, _) => NotUsable);
        says.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => NotUsable);
        says.SetUnknownValueIsInvalidAccessor(_ => NotUsable);
        says.SetNonPropertyUnknownValueIsInvalidAccessor(() => NotUsable);
        says.SetValueIsInvalidAccessor(_ => NotUsable);
        says.SetValueMustBeANumberAccessor(_ => NotUsable);
        says.SetNonPropertyValueMustBeANumberAccessor(() => NotUsable);
        says.SetValueMustNotBeNullAccessor(_ => Missing);
        says.SetMissingBindRequiredValueAccessor(_ => Missing);
        says.SetMissingKeyOrValueAccessor(() => Missing);
        says.SetMissingRequestBodyRequiredValueAccessor(() => Missing);
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var rule in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
            if (rule.ErrorMessage is null && rule.ErrorMessageResourceName is null)
                rule.ErrorMessage = rule switch
                {
                    RequiredAttribute => Missing,
                    // The framework puts the limit where {1} is.
                    StringLengthAttribute { MinimumLength: 0 } => $"{TooLong}:{{1}}",
                    _ => NotUsable,
                };
    }
}

using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace Plenaria.Web.Shell;

/// <summary>
/// What people type, as it is kept (<see cref="Folding.Clean"/>): browsers send two characters for the end of a line
/// where they count one, and word processors bring control characters along.
/// </summary>
internal sealed class CleanTextBinder(IModelBinder inner) : IModelBinder
{
    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        await inner.BindModelAsync(bindingContext);
        if (bindingContext is { Result: { IsModelSet: true, Model: string text } })
            bindingContext.Result = ModelBindingResult.Success(Folding.Clean(text));
    }
}

internal sealed class CleanTextBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(string)
        && (context.BindingInfo.BindingSource is not { } source || source.CanAcceptDataFrom(BindingSource.Form))
            ? new CleanTextBinder(
                new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>())
            )
            : null;
}

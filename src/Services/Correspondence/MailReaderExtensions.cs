using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

public static class MailReaderExtensions
{
    /// <summary>What reads mail that people send to the network.</summary>
    public static ModuleBuilder MailReader<T>(this ModuleBuilder module)
        where T : class, IMailReader => module.Contribute<IMailReader, T>();
}

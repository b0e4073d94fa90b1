using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

public static class MailReaderExtensions
{
    /// <summary>What reads mail that people send to the network.</summary>
    public static ModuleBuilder MailReader<T>(this ModuleBuilder module)
        where T : class, IMailReader => module.Contribute<IMailReader, T>();

    /// <summary>What reads answers to the network's letters, of people who need no account.</summary>
    public static ModuleBuilder ReplyReader<T>(this ModuleBuilder module)
        where T : class, IReplyReader => module.Contribute<IReplyReader, T>();
}

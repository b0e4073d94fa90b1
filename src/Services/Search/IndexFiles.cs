using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Microsoft.Extensions.Logging;

namespace Plenaria.Search;

/// <summary>The files of the index: opened, or made anew where they are missing or damaged.</summary>
internal static class IndexFiles
{
    /// <summary>Null when another process writes there.</summary>
    public static (Lucene.Net.Store.Directory Directory, IndexWriter Writer)? Open(string folder, ILogger log)
    {
        Lucene.Net.Store.Directory directory = FSDirectory.Open(folder);
        try
        {
            return (directory, new(directory, Config()));
        }
        catch (LockObtainFailedException)
        {
            directory.Dispose();
            return null;
        }
        // What a full disk or a pulled plug left: all of it can be had again.
        catch (Exception fault) when (fault is IOException or CorruptIndexException)
        {
            log.LogWarning(fault, "The search index is made anew");
            directory.Dispose();
            System.IO.Directory.Delete(folder, recursive: true);
            directory = FSDirectory.Open(folder);
            return (directory, new(directory, Config()));
        }
    }

    // A record that stands in five languages is five times as long, and no less about its words for it: length counts
    // little.
    private static IndexWriterConfig Config() =>
        new(Analysis.Version, IndexDocument.Analyzer)
        {
            RAMBufferSizeMB = 24,
            Similarity = new BM25Similarity(1.2f, 0.3f),
            OpenMode = OpenMode.CREATE_OR_APPEND,
        };
}

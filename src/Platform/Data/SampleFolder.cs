using System.Text.Json;

namespace Plenaria.Platform.Data;

/// <summary>The folder of a sample network: one JSON file per module, and the documents these name.</summary>
public sealed class SampleFolder(string directory)
{
    public T Read<T>(string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(directory, file)), Data.JsonColumn.Options)
        ?? throw new InvalidDataException($"{file} is empty.");

    public bool Has(string file) => File.Exists(Path.Combine(directory, file));

    public byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(directory, file));
}

namespace Plenaria.Testing;

/// <summary>A clock that runs at the speed of the machine's, from another moment on.</summary>
public sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _shift = start - DateTimeOffset.UtcNow;

    public void Set(DateTimeOffset now) => _shift = now - DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + _shift;
}

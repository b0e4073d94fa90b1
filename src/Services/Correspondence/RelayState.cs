namespace Plenaria.Correspondence;

/// <summary>Whether our own mail server answers, and when it is asked again.</summary>
internal sealed class RelayState
{
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private int _failures;
    private DateTimeOffset _until;

    public bool IsWaiting(DateTimeOffset now)
    {
        lock (_lock)
            return _until > now;
    }

    /// <summary>Of several connections that fail at once one counts.</summary>
    public bool Fail(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_until > now)
                return false;
            var wait = TimeSpan.FromSeconds(Math.Pow(2, _failures++));
            _until = now + (wait < LongestOutage ? wait : LongestOutage);
            _failures = Math.Min(_failures, 10);
            return true;
        }
    }

    public void Succeed()
    {
        lock (_lock)
            _failures = 0;
    }
}

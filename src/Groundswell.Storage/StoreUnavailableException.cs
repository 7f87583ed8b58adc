namespace Groundswell.Storage;

/// <summary>
/// The store cannot be opened, read or written now: the disk is full, read-only or failing, the file is damaged, or
/// somebody else holds it. The message is a sentence for the operator.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

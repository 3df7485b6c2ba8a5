/// What a connection does, step by step.
enum Act: Sendable {
    case send([UInt8])
    case wait(milliseconds: Int)
    /// Sends a statement in chunks, each when the one before is gone.
    case pour(StatementText)
    case close
    /// The connection breaks, as when the other machine has lost it.
    case reset
}

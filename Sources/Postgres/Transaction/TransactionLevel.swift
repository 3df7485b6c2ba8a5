/// What a read sees of writes that happen meanwhile.
public enum ReadLevel: Sendable {
    /// One state of the database throughout (REPEATABLE READ).
    case snapshot
    /// One state that a serial order of all serializable transactions would have had. It may wait for such a state
    /// before it begins, and then never fails for it (SERIALIZABLE, DEFERRABLE): for long reports.
    case serializableDeferrable

    var begin: String {
        switch self {
        case .snapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case .serializableDeferrable: "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE"
        }
    }
}

/// How a write is kept apart from other writes that happen meanwhile.
public enum WriteLevel: Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted
    /// All statements see one state; a row that another transaction has changed since is a serialization failure.
    case repeatableRead
    /// As if all serializable transactions ran one after another; a serialization failure when that is not possible.
    case serializable

    var begin: String {
        switch self {
        case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
        }
    }
}

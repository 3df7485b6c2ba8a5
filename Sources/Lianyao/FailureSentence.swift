import Demonstration
import EmbeddedPostgres
import Migrations
import Postgres
import Primitives

/// Something a command cannot do, as a sentence for the person who started it.
struct CommandFailure: Error, Sendable, CustomStringConvertible {
    let description: String

    init(_ sentence: String) { description = sentence }
}

/// What a failure means, on one line: no stack, no dump of a value.
struct FailureSentence: CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        let text =
            switch error {
            case let error as PostgresError: Self.sentence(error)
            case is CancellationError: "The command was interrupted."
            default: String(describing: error)
            }
        description = text.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks }.joined(separator: " ")
    }

    private static func sentence(_ error: PostgresError) -> String {
        switch error.kind {
        case .unreachable:
            return "The database cannot be reached: \(error.debugDescription.dropFirst(error.description.count + 1))"
        case .connectionLost:
            return "The connection to the database was lost, and nothing of the last step has happened: try again."
        case .outcomeUnknown:
            return "The connection to the database was lost in the last step, which may have happened or not: run the "
                + "command again, it does nothing twice."
        case .tooManyWaiting, .waitedTooLong: return "The database is busy, and nothing has happened: try again."
        case .misuse: return "The database was closed."
        case .statement: break
        }
        let constraint = error.constraint.map { ", \($0)" } ?? ""
        switch error.sqlState {
        case "53100": return "The disk of the database is full: free some space and try again."
        case "53300": return "The database has no connection left: lower --connections or raise its max_connections."
        case "42501": return "The user of the database may not do this: it must be able to create roles and schemas."
        case "55P03": return "Another program holds a lock in the database: try again."
        case "57014": return "The database took too long to answer: try again."
        default: return "The database refused a statement: SQLSTATE \(error.sqlState)\(constraint)."
        }
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    fileprivate var trimmingBlanks: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

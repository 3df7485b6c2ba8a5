import Postgres
import Primitives

/// The sequences that number documents for people.
enum DocumentNumber {
    case cycle, requisition, shortage

    /// The next number: the prefix, the business year and at least six digits, `QL-2026-000001`.
    func next(in transaction: Transaction, at now: Instant) throws -> String {
        let statement: SQL =
            switch self {
            case .cycle: "SELECT nextval('requisitions.cycle_number') AS value"
            case .requisition: "SELECT nextval('requisitions.requisition_number') AS value"
            case .shortage: "SELECT nextval('requisitions.shortage_number') AS value"
            }
        guard let value: Int64 = try transaction.first(statement, { try $0["value"] }) else {
            preconditionFailure("a sequence answers with its next value")
        }
        return text(value, year: now.businessDay.year)
    }

    func text(_ value: Int64, year: Int) -> String {
        let prefix =
            switch self {
            case .cycle: "ZQ"
            case .requisition: "QL"
            case .shortage: "QY"
            }
        return ShortNumber.text(prefix, year: year, value)
    }
}

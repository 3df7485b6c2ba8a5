public import Postgres

/// The short number of a document, for people: `QL-2026-000123`.
public enum ShortNumber {
    /// A prefix, the business year and at least six digits; a serial that needs more has more.
    public static func text(_ prefix: String, year: Int, _ serial: Int64) -> String {
        let digits = String(serial)
        return "\(prefix)-\(year)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)"
    }
}

extension Transaction {
    /// The next short number of a kind of document.
    ///
    /// - Parameter next: takes the next value of the kind's sequence, as `number`.
    public func documentNumber(_ prefix: String, year: Int, from next: SQL) throws -> String {
        guard let serial = try first(next, { try $0["number"] as Int64 }) else {
            preconditionFailure("a sequence answers with its next value")
        }
        return ShortNumber.text(prefix, year: year, serial)
    }
}

import Foundation
import Postgres

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

    /// Whether it holds no control characters.
    var isPrintable: Bool { unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } }
}

extension Transaction {
    /// `FH-2026-000123`: a prefix, the year and the next number of a sequence.
    func documentNumber(_ prefix: String, year: Int, from next: SQL) throws -> String {
        let digits = String(try first(next) { try $0["number"] as Int64 } ?? 0)
        return "\(prefix)-\(year)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)"
    }
}

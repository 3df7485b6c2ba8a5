import Foundation
import Primitives

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

    /// The words a person wrote.
    ///
    /// - Throws: ``LongPrescriptionsRefusal`` with `code` when there are none, or more than 500 characters.
    func words(
        or code: LongPrescriptionsRefusalCode, field: String
    ) throws(LongPrescriptionsRefusal) -> String {
        guard (1...500).contains(trimmed.count) else { throw LongPrescriptionsRefusal(code, "1 to 500 characters", field: field) }
        return trimmed
    }
}

import Codes
import Postgres

/// Products with a code that is a text or begins with it.
///
/// Of a beginning that very many codes share, those of the first codes are found.
struct CodeHits {
    /// `SELECT product_id, place_order` of them; `nil` when the text is too short to be the beginning of a code.
    let statement: SQL?

    /// Codes are looked for from this many characters on: fewer are the beginning of too many.
    private static let lengthMin = 3
    private static let codesMax = 1_000

    init(_ text: SearchText) {
        let code = CodeText(text.phrase).text
        guard code.count >= Self.lengthMin else {
            statement = nil
            return
        }
        var ranges = [Self.range("approval_number", code)]
        let isLatin = code.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        let isNumber = code.utf8.allSatisfy { (48...57).contains($0) }
        if isLatin {
            ranges += [Self.range("approval_number", "国药准字\(code)"), Self.range("insurance_code", code)]
        }
        if isNumber { ranges += [Self.range("base_code", code), Self.range("gtin", code), Self.range("gtin", "0\(code)")] }
        statement = SQL.union(ranges)
    }

    /// Products of articles whose code begins with `code`, by the index on the codes' bytes.
    private static func range(_ column: SQL, _ code: String) -> SQL {
        """
        (SELECT product_id, CASE WHEN \(column) = \(code) THEN \(SearchMatch.whole.order()) ELSE \(SearchMatch.beginning.order()) END
                AS place_order
           FROM formulary.article
          WHERE \(column) ~>=~ \(code) AND \(column) ~<~ \(code + "\u{10FFFF}") AND withdrawn_on IS NULL
          ORDER BY \(column) USING ~<~ LIMIT \(codesMax))
        """
    }
}

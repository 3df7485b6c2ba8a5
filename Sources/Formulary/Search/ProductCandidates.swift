import Codes
import Foundation
import Postgres

/// The statement that finds the numbers of the products that match a text, each once with its best rank
/// (``SearchMatch``), over the products' own names and codes and those of their articles and manufacturers.
struct ProductCandidates {
    let statement: SQL

    /// Codes are looked for from this many characters on: fewer are the beginning of too many.
    private static let codeLengthMin = 3

    init(_ text: String) {
        let folded = text.precomposedStringWithCompatibilityMapping.trimmingBlanks().lowercased()
        guard !folded.isEmpty else {
            statement = "SELECT product_id, 3 AS rank FROM formulary.product WHERE withdrawn_on IS NULL"
            return
        }
        let ofProduct = Self.terms(ofProduct: folded)
        let ofArticle = Self.terms(ofArticle: folded)
        statement = """
            SELECT product_id, min(rank) AS rank
              FROM (SELECT product.product_id, \(Self.rank(ofProduct)) AS rank
                      FROM formulary.product
                     WHERE product.withdrawn_on IS NULL AND (\(Self.any(ofProduct.map(\.found))))
                    UNION ALL
                    SELECT article.product_id, \(Self.rank(ofArticle)) AS rank
                      FROM formulary.article
                      JOIN formulary.product ON product.product_id = article.product_id
                      LEFT JOIN parties.company ON company.company_id = article.manufacturer_id
                     WHERE article.withdrawn_on IS NULL AND product.withdrawn_on IS NULL
                       AND (\(Self.any(ofArticle.map(\.found))))) AS named
             GROUP BY product_id
            """
    }

    /// One column compared with one text.
    private struct Term {
        let column: SQL
        let text: String
        /// Whether the text may stand in the middle.
        var isAnywhere = true

        var whole: SQL { "\(column) = \(text)" }
        var beginning: SQL { "\(column) LIKE \(escaped + "%")" }
        var found: SQL { isAnywhere ? "\(column) LIKE \("%" + escaped + "%")" : beginning }

        private var escaped: String {
            text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
        }
    }

    private static func terms(ofProduct folded: String) -> [Term] {
        var terms = [
            Term(column: "lower(translate(product.generic_name, '（）', '()'))", text: folded),
            Term(column: "lower(product.code)", text: folded, isAnywhere: false),
        ]
        guard folded.utf8.allSatisfy({ $0 < 0x80 }) else { return terms }
        terms.append(Term(column: "lower(product.english_name)", text: folded))
        let reading = folded.filter { !$0.isWhitespace }
        terms.append(Term(column: "replace(product.pinyin, ' ', '')", text: reading))
        terms.append(Term(column: "product.pinyin_initials", text: reading))
        return terms
    }

    private static func terms(ofArticle folded: String) -> [Term] {
        var terms = [
            Term(column: "lower(article.trade_name)", text: folded),
            Term(column: "lower(translate(company.name, '（）', '()'))", text: folded),
        ]
        let code = CodeText(folded).text
        guard code.count >= codeLengthMin else { return terms }
        terms.append(Term(column: "article.insurance_code", text: code, isAnywhere: false))
        terms.append(Term(column: "article.approval_number", text: code, isAnywhere: false))
        terms.append(Term(column: "article.approval_number", text: "国药准字\(code)", isAnywhere: false))
        if code.utf8.allSatisfy({ (48...57).contains($0) }) {
            terms.append(Term(column: "article.base_code", text: code, isAnywhere: false))
            terms.append(Term(column: "article.gtin", text: code, isAnywhere: false))
            terms.append(Term(column: "article.gtin", text: "0\(code)", isAnywhere: false))
        }
        return terms
    }

    private static func rank(_ terms: [Term]) -> SQL {
        "CASE WHEN \(any(terms.map(\.whole))) THEN 0 WHEN \(any(terms.map(\.beginning))) THEN 1 ELSE 2 END"
    }

    private static func any(_ conditions: [SQL]) -> SQL {
        guard let first = conditions.first else { return "FALSE" }
        return conditions.dropFirst().reduce(first) { "\($0) OR \($1)" }
    }
}

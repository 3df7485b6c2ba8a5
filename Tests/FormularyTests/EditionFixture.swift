import Formulary
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

extension FormularyFixture {
    static let catalogue = "国家目录"

    /// Proposes a file of rows of articles, or of whole lines.
    func proposed(
        _ rows: [String] = [], lines: [String]? = nil, _ label: String, of catalogue: String = catalogue,
        from day: CalendarDate? = nil
    ) async throws -> EditionProposal {
        let csv = (lines ?? [Self.articlesHeader] + rows).joined(separator: "\n")
        let proposing = ProposeEdition(
            id: EditionID(UUID()), catalogue: catalogue, label: label, validFrom: day ?? today, source: .bytes(Array(csv.utf8)))
        return try await within { [keeper] in try proposing.run(in: $0, by: keeper, at: .ofTests) }
    }

    @discardableResult
    func accept(_ edition: EditionID, acceptingTheRest: Bool = false) async throws -> CatalogueEdition {
        let accepting = AcceptEdition(edition: edition, acceptingTheRest: acceptingTheRest)
        return try await within { [keeper] in try accepting.run(in: $0, by: keeper, at: .ofTests) }
    }

    @discardableResult
    func accepted(_ rows: [String], _ label: String, of catalogue: String = catalogue) async throws -> CatalogueEdition {
        try await accept(try await proposed(rows, label, of: catalogue).edition.id)
    }

    func changes(_ edition: EditionID) async throws -> [EditionChange] {
        try await within { try EditionsStore($0).changes(of: edition, limit: 100) }
    }

    /// The manufacturers' digits, as ``EditionTests/row(_:price:pack:product:size:)`` numbers them, of articles that may be
    /// chosen.
    func codesOffered() async throws -> [String] {
        try await within { [self] in
            try ProductsStore($0).articles(of: products[0]).compactMap { $0.insuranceCode.map { String($0.suffix(5)) } }.sorted()
        }
    }

    func article(_ suffix: String) async throws -> Article {
        let id = try await database.owner.read { transaction in
            try transaction.first("SELECT article_id FROM formulary.article WHERE insurance_code LIKE \("%" + suffix)") {
                try $0["article_id"] as ArticleID
            }
        }
        let found = try #require(id)
        return try await within { try ProductsStore($0).article(found) }
    }

    func refusal(accepting edition: EditionID) async -> String? {
        await formularyRefusal { try await accept(edition) }?.code.rawValue
    }

    func refusal(proposing rows: [String], _ label: String, from day: CalendarDate? = nil) async -> String? {
        await formularyRefusal { try await proposed(rows, label, from: day) }?.code.rawValue
    }
}

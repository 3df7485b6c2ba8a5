import Formulary
import Foundation
import Postgres
import Primitives

/// A file that is to be the next edition of a catalogue.
struct EditionOnDisk: Sendable {
    let catalog: CatalogOnDisk
    let catalogue: String
    let label: String
    /// Today unless told.
    let validFrom: CalendarDate?
    let encoding: CatalogEncoding?
    let fillingDown: Set<String>

    func propose(in owner: Database, at now: Instant) async throws -> EditionProposal {
        let proposing = ProposeEdition(
            id: EditionID(UUID()), catalogue: catalogue, label: label, validFrom: validFrom ?? now.businessDay,
            source: catalog.source, encoding: encoding, fillingDown: fillingDown)
        return try await owner.write { try proposing.run(in: $0, by: nil, at: now) }
    }
}

/// Accepts an edition as the operator.
func accepting(
    _ edition: EditionID, acceptingTheRest: Bool, in owner: Database, at now: Instant
) async throws -> CatalogueEdition {
    try await owner.write { transaction in
        try AcceptEdition(edition: edition, acceptingTheRest: acceptingTheRest).run(in: transaction, by: nil, at: now)
    }
}

/// An edition as a person reads it in a terminal: its counts, and the first of its changes.
struct EditionLines: Sequence {
    static let changesMax = 100
    private let lines: [String]

    init(_ edition: CatalogueEdition, changes: [EditionChange] = [], limit: Int = changesMax) {
        let left = edition.counts.allChanges - changes.count
        lines =
            [Self.line(edition)] + changes.prefix(limit).flatMap(Self.lines)
            + (left > 0 && !changes.isEmpty ? ["… and others: lianyao catalog changes \(edition.id)"] : [])
    }

    init(_ edition: CatalogueEdition, in owner: Database) async throws {
        let changes = try await owner.read {
            try EditionsStore($0).changes(of: edition.id, limit: Self.changesMax)
        }
        self.init(edition, changes: changes)
    }

    func makeIterator() -> IndexingIterator<[String]> { lines.makeIterator() }

    static func line(_ edition: CatalogueEdition) -> String {
        let counts = edition.counts
        let name = edition.catalogue.isEmpty ? "(supplement)" : "\(edition.catalogue) \(edition.label)"
        return "\(edition.id) \(name), from \(edition.validFrom), \(edition.status.rawValue): \(counts.rows) rows: "
            + "\(counts.added) added, \(counts.listed) listed, \(counts.changed) changed, \(counts.priceChanged) in price, "
            + "\(counts.returned) returned, \(counts.withdrawn) withdrawn, \(counts.delisted) delisted, "
            + "\(counts.unchanged) unchanged, \(counts.skipped) unusable"
    }

    /// The change and, below it, each field that differs.
    static func lines(_ change: EditionChange) -> [String] {
        let maker = change.manufacturer.map { " \($0)" } ?? ""
        let percent = change.pricePercent.map { " (\($0 > 0 ? "+" : "")\($0) %)" } ?? ""
        let head = "\(change.change.rawValue): \(change.product)\(maker) \(change.packText) \(change.insuranceCode ?? "-")"
        return [head]
            + change.fields.map { field in
                "    \(field.field): \(field.before ?? "-") → \(field.after ?? "-")"
                    + (field.field == "reference_price" ? percent : "")
            }
    }
}

extension EditionCounts {
    fileprivate var allChanges: Int { added + listed + changed + returned + withdrawn + delisted }
}

import Audit
import Identity
public import Postgres
public import Primitives

/// Does what a proposed edition says: adds, changes, brings back and withdraws articles, in one transaction.
///
/// Withdrawn articles stay on record with the day, so that documents that point at them, stock of them and its dispensing go
/// on; ``Article/requireOffered(on:field:)`` keeps them out of new documents.
public struct AcceptEdition: Sendable {
    public var edition: EditionID
    /// Whether it is accepted although rows of its file cannot be used.
    public var acceptingTheRest: Bool

    public init(edition: EditionID, acceptingTheRest: Bool) {
        self.edition = edition
        self.acceptingTheRest = acceptingTheRest
    }

    /// - Parameter principal: who accepts; `nil` for the operator at the command line.
    /// - Throws: ``FormularyRefusal``: no such edition; decided already; another file or edition of articles was accepted
    ///   since it was compared; it has not begun; rows that cannot be used.
    public func run(in transaction: Transaction, by principal: Principal?, at now: Instant) throws -> CatalogueEdition {
        if let principal { try principal.require(oneOf: [.formularyKeeper]) }
        let store = EditionsStore(transaction)
        try CatalogStore(transaction).lockImports()
        let edition = try store.edition(edition)
        try edition.requireProposed()
        let last = try store.lastNumber()
        guard edition.basedOn == last else {
            throw FormularyRefusal(.editionOvertaken, "compared with number \(edition.basedOn), the last is \(last)")
        }
        guard edition.validFrom <= now.businessDay else {
            throw FormularyRefusal(.editionNotBegun, "it begins on \(edition.validFrom)")
        }
        guard edition.counts.skipped == 0 || acceptingTheRest else {
            throw FormularyRefusal(.editionHasUnusableRows, "\(edition.counts.skipped) rows", field: "acceptTheRest")
        }
        try store.apply(edition, at: now)
        try RefreshSearch().run(in: transaction)
        if let principal {
            try AuditTrail(transaction).append(
                "formulary.accept-edition", subject: "edition \(edition.id)", by: principal, at: now,
                detail: [
                    "catalogue": edition.catalogue, "label": edition.label, "added": "\(edition.counts.added)",
                    "changed": "\(edition.counts.changed)", "withdrawn": "\(edition.counts.withdrawn)",
                ])
        }
        return try store.edition(edition.id)
    }
}

/// Puts a proposed edition aside. What it would have changed stays on record with it.
public struct DiscardEdition: Sendable {
    public var edition: EditionID

    public init(edition: EditionID) { self.edition = edition }

    /// - Parameter principal: who discards; `nil` for the operator at the command line.
    /// - Throws: ``FormularyRefusal``: no such edition; decided already.
    public func run(in transaction: Transaction, by principal: Principal?, at now: Instant) throws -> CatalogueEdition {
        if let principal { try principal.require(oneOf: [.formularyKeeper]) }
        let store = EditionsStore(transaction)
        try CatalogStore(transaction).lockImports()
        let edition = try store.edition(edition)
        try edition.requireProposed()
        try store.decide(edition.id, .discarded, at: now)
        if let principal {
            try AuditTrail(transaction).append(
                "formulary.discard-edition", subject: "edition \(edition.id)", by: principal, at: now)
        }
        return try store.edition(edition.id)
    }
}

extension CatalogueEdition {
    func requireProposed() throws(FormularyRefusal) {
        guard status == .proposed else {
            throw FormularyRefusal(.editionNotProposed, "\(catalogue) \(label) is \(status.rawValue)")
        }
    }
}

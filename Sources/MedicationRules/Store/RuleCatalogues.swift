public import Postgres
public import Primitives
import Synchronization

/// Reads rule catalogues from the database. What an edition holds never changes, so each is read once in a process and
/// kept under its checksum.
public struct RuleCatalogues {
    private let transaction: Transaction

    private static let kept = Mutex<[String: RuleCatalogue]>([:])

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// The catalogue imported last; the empty one when there is none.
    public func inForce() throws -> RuleCatalogue {
        guard let edition = try RuleStore(transaction).editionInForce() else { return .empty }
        return try catalogue(edition)
    }

    /// The catalogue of a version, to have its findings again; `nil` when it was never imported.
    public func catalogue(version: String) throws -> RuleCatalogue? {
        try RuleStore(transaction).edition(version: version).map(catalogue)
    }

    /// Every edition, the last imported first.
    public func editions() throws -> [ImportedRuleEdition] {
        try RuleStore(transaction).editions().map { stored in
            ImportedRuleEdition(
                version: stored.edition.version, sha256: stored.edition.sha256, importedAt: stored.importedAt)
        }
    }

    private func catalogue(_ stored: StoredEdition) throws -> RuleCatalogue {
        let key = stored.edition.sha256
        if let known = Self.kept.withLock({ $0[key] }) { return known }
        let read = RuleCatalogue(try RuleStore(transaction).data(of: stored.id), edition: stored.edition)
        Self.kept.withLock { $0[key] = read }
        return read
    }
}

/// An edition of the rule catalogue and when it came.
public struct ImportedRuleEdition: Sendable, Hashable, Codable {
    public let version: String
    /// Of all its files, lower-case hex.
    public let sha256: String
    public let importedAt: Instant
}

import Parties
public import Postgres
public import Primitives

/// What changed from one version of a formulary to another.
public struct FormularyDifference: Sendable, Hashable, Codable {
    /// Entries only the later version has, only the earlier one has, and both have with other contents; each by
    /// product number.
    public let added: [FormularyEntryReading]
    public let removed: [FormularyEntryReading]
    public let changed: [ChangedEntry]

    /// The difference of two lists of entries.
    public init(from earlier: [FormularyEntryReading], to later: [FormularyEntryReading]) {
        let before = Dictionary(earlier.map { ($0.product.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(later.map { ($0.product.id, $0) }, uniquingKeysWith: { first, _ in first })
        func ordered(_ entries: some Sequence<FormularyEntryReading>) -> [FormularyEntryReading] {
            entries.sorted { $0.product.id < $1.product.id }
        }
        added = ordered(after.values.filter { before[$0.product.id] == nil })
        removed = ordered(before.values.filter { after[$0.product.id] == nil })
        changed = ordered(after.values).compactMap { new in
            guard let old = before[new.product.id] else { return nil }
            let changes = Self.changes(from: old.entry, to: new.entry)
            return changes.isEmpty ? nil : ChangedEntry(product: new.product, changes: changes)
        }
    }

    /// The difference of two versions of one consortium.
    ///
    /// - Throws: ``FormularyRefusal`` when there is no such version.
    public init(
        from earlier: FormularyVersionID, to later: FormularyVersionID, of consortium: ConsortiumID,
        _ transaction: Transaction
    ) throws {
        let versions = FormularyVersionsStore(transaction, of: consortium)
        self.init(
            from: try versions.entries(in: try versions.version(earlier).id),
            to: try versions.entries(in: try versions.version(later).id))
    }

    private static func changes(from old: FormularyEntry, to new: FormularyEntry) -> [FieldChange] {
        func levels(_ entry: FormularyEntry) -> String { entry.levels.map(\.rawValue).joined(separator: ",") }
        func days(_ entry: FormularyEntry) -> String { entry.daysMax.map { "\($0)" } ?? "" }
        let fields = [
            FieldChange(field: "levels", before: levels(old), after: levels(new)),
            FieldChange(field: "restriction", before: old.restriction, after: new.restriction),
            FieldChange(field: "daysMax", before: days(old), after: days(new)),
            FieldChange(field: "reason", before: old.reason, after: new.reason),
        ]
        return fields.filter { $0.before != $0.after }
    }
}

/// A product about which a later version says something else.
public struct ChangedEntry: Sendable, Hashable, Codable {
    public let product: Product
    public let changes: [FieldChange]
}

/// One field before and after, as text.
public struct FieldChange: Sendable, Hashable, Codable {
    public let field: String
    public let before: String
    public let after: String
}

import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Puts products into a draft, or says something new about products that are in it.
public struct PutFormularyEntries: Sendable {
    public var version: FormularyVersionID
    /// One for each product.
    public var entries: [FormularyEntry]

    public init(version: FormularyVersionID, entries: [FormularyEntry]) {
        self.version = version
        self.entries = entries
    }

    /// - Throws: ``FormularyRefusal``: what ``check()`` finds, then an unknown version, one that is no draft, an unknown
    ///   product.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> FormularyVersion {
        try principal.require(oneOf: [.formularyKeeper])
        try check()
        let versions = FormularyVersionsStore(transaction, of: principal.consortium)
        try versions.lock(version).requireDraft()
        let known = try ProductsStore(transaction).products(entries.map(\.product))
        for (index, entry) in entries.enumerated() where known[entry.product] == nil {
            throw FormularyRefusal(.productUnknown, "product \(entry.product)", field: "entries[\(index)].product")
        }
        try versions.put(entries, into: version)
        try AuditTrail(transaction).append(
            "formulary.put-entries", subject: "formulary version \(version)", by: principal, at: now,
            detail: [
                "entries": "\(entries.count)",
                "products": entries.prefix(20).map(\.product.description).joined(separator: " "),
            ])
        return try versions.version(version)
    }

    /// Checks what can be checked without the database, entry by entry.
    ///
    /// - Throws: ``FormularyRefusal``: no entry, a product given twice, no level, days not from 1 to 365, a long text.
    func check() throws(FormularyRefusal) {
        guard !entries.isEmpty else { throw FormularyRefusal(.entriesMissing, "0 entries", field: "entries") }
        var seen: Set<ProductID> = []
        for (index, entry) in entries.enumerated() {
            let path = "entries[\(index)]"
            guard seen.insert(entry.product).inserted else {
                throw FormularyRefusal(.entryRepeated, "product \(entry.product)", field: "\(path).product")
            }
            guard !entry.levels.isEmpty else {
                throw FormularyRefusal(.entryLevelsMissing, "product \(entry.product)", field: "\(path).levels")
            }
            if let days = entry.daysMax, !(1...365).contains(days) {
                throw FormularyRefusal(.entryDaysOutOfRange, "\(days) days", field: "\(path).daysMax")
            }
            try requireShort(entry.restriction, field: "\(path).restriction")
            try requireShort(entry.reason, field: "\(path).reason")
        }
    }
}

/// Takes a product out of a draft.
public struct RemoveFormularyEntry: Sendable {
    public var version: FormularyVersionID
    public var product: ProductID

    public init(version: FormularyVersionID, product: ProductID) {
        self.version = version
        self.product = product
    }

    /// - Throws: ``FormularyRefusal``: an unknown version, one that is no draft, a product that is not in it.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> FormularyVersion {
        try principal.require(oneOf: [.formularyKeeper])
        let versions = FormularyVersionsStore(transaction, of: principal.consortium)
        try versions.lock(version).requireDraft()
        guard try versions.remove(product, from: version) else {
            throw FormularyRefusal(.entryUnknown, "product \(product)", field: "product")
        }
        try AuditTrail(transaction).append(
            "formulary.remove-entry", subject: "formulary version \(version)", by: principal, at: now,
            detail: ["product": "\(product)"])
        return try versions.version(version)
    }
}

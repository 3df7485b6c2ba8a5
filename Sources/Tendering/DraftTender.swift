import Audit
import Formulary
import Identity
public import Postgres
public import Primitives

/// Begins a tender; packages and invitations can be added until it is published.
public struct DraftTender: Sendable {
    public var id: TenderID
    public var title: String
    public var bidsCloseAt: Instant
    public var opensAt: Instant
    public var packages: [PackageTerms]

    public init(id: TenderID, title: String, bidsCloseAt: Instant, opensAt: Instant, packages: [PackageTerms] = []) {
        self.id = id
        self.title = title
        self.bidsCloseAt = bidsCloseAt
        self.opensAt = opensAt
        self.packages = packages
    }

    /// - Throws: ``TenderingRefusal``: no title, times that do not follow each other from now, an id that is taken; then
    ///   as ``AddPackages``.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Tender {
        try principal.require(oneOf: [.procurementOfficer])
        guard title.contains(where: { !$0.isWhitespace }) else { throw TenderingRefusal(.titleMissing, "", field: "title") }
        guard now < bidsCloseAt, bidsCloseAt <= opensAt else {
            throw TenderingRefusal(
                .timesInvalid, "now \(now), bids close \(bidsCloseAt), opening \(opensAt)", field: "bidsCloseAt")
        }
        let store = TenderingStore(transaction)
        try store.insert(id, title: title, bidsCloseAt: bidsCloseAt, opensAt: opensAt, by: principal, at: now)
        let tender = try store.tender(id, of: principal.consortium)
        try AuditTrail(transaction).append(
            "tendering.draft", subject: "tender \(id)", by: principal, at: now, detail: ["number": tender.number])
        if !packages.isEmpty {
            _ = try AddPackages(tender: id, packages: packages).run(in: transaction, by: principal, at: now)
        }
        return tender
    }
}

/// Adds packages to a tender that is still a draft.
public struct AddPackages: Sendable {
    public var tender: TenderID
    public var packages: [PackageTerms]

    public init(tender: TenderID, packages: [PackageTerms]) {
        self.tender = tender
        self.packages = packages
    }

    /// - Returns: the packages that were added, with their numbers, in the order given.
    /// - Throws: ``TenderingRefusal``: no such tender, no draft, a package that does not hold; `FormularyRefusal` for an
    ///   unknown product.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> [TenderPackage] {
        try principal.require(oneOf: [.procurementOfficer])
        let store = TenderingStore(transaction)
        let tender = try store.tender(tender, of: principal.consortium, lock: .exclusive)
        guard tender.state == .draft else {
            throw TenderingRefusal(.wrongState, "\(tender.number) is \(tender.state.rawValue)")
        }
        let products = try ProductsStore(transaction).products(
            packages.flatMap { [$0.product] + $0.alternatives.map(\.product) })
        for (index, terms) in packages.enumerated() {
            try terms.requireSound(field: "packages[\(index)]")
            for product in [terms.product] + terms.alternatives.map(\.product) where products[product] == nil {
                throw FormularyRefusal(.productUnknown, "product \(product)", field: "packages[\(index)].product")
            }
        }
        let last = try store.packages(of: tender.id, in: principal.consortium).last?.number ?? 0
        let numbered = packages.enumerated().map { TenderPackage(number: last + 1 + $0.offset, terms: $0.element) }
        try store.insert(numbered, of: tender.id, in: principal.consortium)
        try AuditTrail(transaction).append(
            "tendering.add-packages", subject: "tender \(tender.id)", by: principal, at: now,
            detail: ["packages": String(packages.count)])
        return numbered
    }
}

extension PackageTerms {
    /// Refuses a package that nobody could bid for or whose rule does not add up.
    func requireSound(field: String) throws(TenderingRefusal) {
        guard quantity.isEnterable else {
            throw TenderingRefusal(.packageInvalid, "quantity \(quantity)", field: "\(field).quantity")
        }
        guard ceiling.isEnterable, alternatives.allSatisfy(\.ceiling.isEnterable) else {
            throw TenderingRefusal(.packageInvalid, "ceiling \(ceiling)", field: "\(field).ceiling")
        }
        guard rule.isSound else {
            throw TenderingRefusal(.packageInvalid, "shares \(rule.sharesPerMille) are not 1000 together", field: "\(field).rule")
        }
        let products = [product] + alternatives.map(\.product)
        guard Set(products).count == products.count else {
            throw TenderingRefusal(.packageInvalid, "a product stands twice", field: "\(field).alternatives")
        }
    }
}

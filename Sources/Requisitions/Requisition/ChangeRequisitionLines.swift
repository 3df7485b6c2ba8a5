import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives

/// Changes what is requested on a draft or a returned requisition, and adds products that are not on it yet.
public struct ChangeRequisitionLines: Sendable {
    public struct Change: Sendable, Hashable {
        public var product: ProductID
        /// Base units in whole packs; 0 requests nothing.
        public var requested: BaseUnits
        /// Why another quantity than suggested; `nil` leaves the reason as it is.
        public var reason: String?

        public init(product: ProductID, requested: BaseUnits, reason: String? = nil) {
            self.product = product
            self.requested = requested
            self.reason = reason
        }
    }

    public var requisitionID: RequisitionID
    /// The version the caller has read.
    public var version: Int64
    public var changes: [Change]
    /// As in ``OpenRequisition``, for products that are added.
    public var onOrder: [ProductID: BaseUnits]
    /// As in ``OpenRequisition``, for products that are added.
    public var expectedRefills: [ProductID: BaseUnits]

    public init(
        requisitionID: RequisitionID, version: Int64, changes: [Change], onOrder: [ProductID: BaseUnits] = [:],
        expectedRefills: [ProductID: BaseUnits] = [:]
    ) {
        self.requisitionID = requisitionID
        self.version = version
        self.changes = changes
        self.onOrder = onOrder
        self.expectedRefills = expectedRefills
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a storekeeper of the facility; ``RequisitionsRefusal``
    ///   `requisitions.requisition-unknown`, `requisitions.changed-meanwhile`, `requisitions.wrong-state`, then line by
    ///   line a product named twice, one that cannot be bought, a quantity that is no number of whole packs;
    ///   ``FormularyRefusal`` for a requested product that the formulary in force does not permit.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Requisition {
        try principal.require(oneOf: [.storekeeper])
        let requisitions = RequisitionsStore(transaction, principal.consortium)
        var requisition = try requisitions.lock(requisitionID)
        try principal.requireFacility(requisition.facility)
        try requisition.apply(.change, version: version)
        try requirePermitted(
            changes.enumerated().filter { $0.element.requested > 0 }.map {
                ($0.element.product, "changes[\($0.offset)].product")
            },
            at: requisition.facility, in: transaction, by: principal, today: now.businessDay)
        let linesStore = RequisitionLinesStore(transaction, principal.consortium)
        let known = try linesStore.lines(of: requisition.id, products: changes.map(\.product))
        let added = try addedLines(
            to: requisition, known: known, linesStore, in: transaction, by: principal, today: now.businessDay)
        let changed = try Self.apply(changes, to: known.merging(added) { first, _ in first })
        try linesStore.update(requested: changed.filter { known[$0.product] != nil }, of: requisition.id)
        try linesStore.insert(changed.filter { added[$0.product] != nil }, of: requisition.id)
        try requisitions.save(&requisition)
        try AuditTrail(transaction).append(
            "requisitions.change-lines", subject: requisition.subject, by: principal, at: now,
            detail: ["changed": "\(changed.count - added.count)", "added": "\(added.count)", "version": "\(requisition.version)"])
        return requisition
    }

    /// The lines with their changes, in the order of the line numbers.
    ///
    /// - Throws: ``RequisitionsRefusal`` for the first change that names a product again or breaks the packs.
    static func apply(
        _ changes: [Change], to lines: [ProductID: RequisitionLine]
    ) throws(RequisitionsRefusal) -> [RequisitionLine] {
        var changed: [ProductID: RequisitionLine] = [:]
        for (index, change) in changes.enumerated() {
            guard var line = lines[change.product] else {
                throw RequisitionsRefusal(.notOrderable, "product \(change.product)", field: "changes[\(index)].product")
            }
            try check(change.requested, inPacksOf: line.packSize, field: "changes[\(index)].requested")
            line.requested = change.requested
            if let reason = change.reason { line.reason = trimmed(reason) ?? "" }
            guard changed.updateValue(line, forKey: change.product) == nil else {
                throw RequisitionsRefusal(.lineRepeated, "product \(change.product)", field: "changes[\(index)].product")
            }
        }
        return changed.values.sorted { $0.number < $1.number }
    }

    /// New lines for the changed products that are not on the requisition.
    private func addedLines(
        to requisition: Requisition, known: [ProductID: RequisitionLine], _ store: RequisitionLinesStore,
        in transaction: Transaction, by principal: Principal, today: CalendarDate
    ) throws -> [ProductID: RequisitionLine] {
        let products = changes.map(\.product).filter { known[$0] == nil }
        guard !products.isEmpty else { return [:] }
        let figures = try StoreFigures(
            of: PartiesStore(transaction).store(requisition.store, of: principal.consortium), in: principal.consortium,
            strategy: requisition.strategy, onOrder: onOrder, expectedRefills: expectedRefills, transaction: transaction,
            today: today)
        let orderable = try RequisitionsStore(transaction, principal.consortium).orderable(products)
        let lines = figures.lines(orderable, from: try store.lastNumber(of: requisition.id) + 1)
        return Dictionary(lines.map { ($0.product, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

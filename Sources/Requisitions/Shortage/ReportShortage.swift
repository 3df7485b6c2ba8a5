import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives

/// Registers something that a facility was asked for and does not have.
public struct ReportShortage: Sendable {
    /// Chosen by the caller.
    public var shortageID: ShortageID
    public var facility: FacilityID
    /// Either this or ``describedName``.
    public var product: ProductID?
    public var describedName: String?
    public var quantity: BaseUnits
    /// Why it is wanted; may be empty. It names no patient.
    public var reason: String

    public init(
        shortageID: ShortageID, facility: FacilityID, product: ProductID? = nil, describedName: String? = nil,
        quantity: BaseUnits, reason: String = ""
    ) {
        self.shortageID = shortageID
        self.facility = facility
        self.product = product
        self.describedName = describedName
        self.quantity = quantity
        self.reason = reason
    }

    /// - Throws: ``IdentityRefusal`` for anyone but the people of the facility who serve patients or keep its stock;
    ///   ``PartiesRefusal`` for an unknown facility; ``RequisitionsRefusal`` `requisitions.shortage-names-nothing`,
    ///   `requisitions.quantity-invalid`; ``FormularyRefusal`` for an unknown product; `requisitions.shortage-exists`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ShortageReport {
        try principal.require(oneOf: [.storekeeper, .pharmacist, .dispenser, .prescriber])
        let facility = try PartiesStore(transaction).facility(facility, of: principal.consortium)
        try principal.requireFacility(facility.id)
        let describedName = trimmed(describedName)
        guard (product == nil) != (describedName == nil) else {
            throw RequisitionsRefusal(
                .shortageNamesNothing, product == nil ? "neither is given" : "both are given", field: "product")
        }
        guard quantity.isEnterable else { throw RequisitionsRefusal(.quantityInvalid, "\(quantity)", field: "quantity") }
        if let product { _ = try ProductsStore(transaction).product(product) }
        let report = ShortageReport(
            id: shortageID, number: try DocumentNumber.shortage.next(in: transaction, at: now), facility: facility.id,
            product: product, describedName: describedName, quantity: quantity, state: .registered,
            reason: trimmed(reason) ?? "", registeredAt: now, purchasingAt: nil, deliveredAt: nil, endedAt: nil)
        try ShortagesStore(transaction, principal.consortium).insert(report)
        try AuditTrail(transaction).append(
            "requisitions.report-shortage", subject: "shortage \(report.id)", by: principal, at: now,
            detail: ["number": report.number, "quantity": "\(quantity)"])
        return report
    }
}

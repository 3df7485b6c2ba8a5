import Audit
public import Dispensing
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Asks another store of the consortium for something that is lacking.
public struct RequestSharing: Sendable {
    public var sharing: SharingID
    /// The store that lacks it.
    public var asking: StoreID
    /// The store that is asked.
    public var holding: StoreID
    public var product: ProductID
    public var quantity: BaseUnits
    /// For which it is wanted; `nil`: in general.
    public var prescription: PrescriptionID?
    public var reason: String

    public init(
        sharing: SharingID, asking: StoreID, holding: StoreID, product: ProductID, quantity: BaseUnits,
        prescription: PrescriptionID? = nil, reason: String
    ) {
        self.sharing = sharing
        self.asking = asking
        self.holding = holding
        self.product = product
        self.quantity = quantity
        self.prescription = prescription
        self.reason = reason
    }

    /// - Throws: `PartiesRefusal` for an unknown store; `IdentityRefusal` for anyone but a storekeeper, pharmacist or
    ///   dispenser of the asking store's facility; ``PrescriptionFlowRefusal``: the same store twice; `FormularyRefusal` for an
    ///   unknown product; ``PrescriptionFlowRefusal``: a drug that is not shared (R-CD-06), a quantity out of bounds, no
    ///   reason; `DispensingRefusal` for an unknown prescription; ``PrescriptionFlowRefusal``: a product it does not name, the
    ///   id taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SharingRequest {
        try principal.require(oneOf: [.storekeeper, .pharmacist, .dispenser])
        let parties = PartiesStore(transaction)
        let (from, to) = (
            try parties.store(asking, of: principal.consortium), try parties.store(holding, of: principal.consortium)
        )
        try principal.requireFacility(from.facility)
        guard from.id != to.id else { throw PrescriptionFlowRefusal(.sameStore, from.name, field: "holding") }
        let wanted = try ProductsStore(transaction).product(product)
        guard wanted.specialControl.mayBeRedistributed else {
            throw PrescriptionFlowRefusal(.productNotShared, wanted.label, field: "product")
        }
        guard quantity.isEnterable else { throw PrescriptionFlowRefusal(.quantityInvalid, "\(quantity)", field: "quantity") }
        let why = try reason.asReason(for: "sharing")
        if let prescription {
            let named = try PrescriptionReadings(transaction, of: principal.consortium).prescription(prescription)
            guard named.content.lines.contains(where: { $0.product == product }) else {
                throw PrescriptionFlowRefusal(.productNotPrescribed, "\(wanted.label), \(named.number)", field: "product")
            }
        }
        let store = SharingStore(transaction, principal.consortium)
        let request = SharingRequest(
            id: sharing, number: try store.nextNumber(year: now.businessDay.year), asking: asking, holding: holding,
            product: product, quantity: quantity, agreed: nil, prescription: prescription, reason: why, state: .requested,
            askedBy: principal.person, askedAt: now, answeredAt: nil, transfer: nil, shippedAt: nil, endedAt: nil, endedWhy: "")
        try store.add(request)
        try AuditTrail(transaction).append(
            "prescription-flow.request-sharing", subject: "sharing \(sharing)", by: principal, at: now,
            detail: ["number": request.number, "quantity": "\(quantity)"])
        return request
    }
}

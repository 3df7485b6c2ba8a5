import Audit
public import Dispensing
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Plans to bring what was handed out to the patient's home or a village clinic.
///
/// Source: R-LP-12: delivery with storage conditions kept; R-CD-07: controlled drugs are not delivered.
public struct PlanDelivery: Sendable {
    public var delivery: DeliveryID
    public var dispensing: DispensingID
    public var place: DeliveryPlace
    public var address: String
    /// Declares that it is kept cold all the way.
    public var keepsCold: Bool

    public init(delivery: DeliveryID, dispensing: DispensingID, place: DeliveryPlace, address: String, keepsCold: Bool = false) {
        self.delivery = delivery
        self.dispensing = dispensing
        self.place = place
        self.address = address
        self.keepsCold = keepsCold
    }

    /// - Throws: `DispensingRefusal` for an unknown dispensing; `IdentityRefusal` for anyone but a pharmacist or dispenser of
    ///   the facility that handed it out; ``PrescriptionFlowRefusal``: no address, a product that is not delivered or not
    ///   without being kept cold, delivered already, the id taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Delivery {
        try principal.require(oneOf: [.pharmacist, .dispenser])
        let record = try PrescriptionReadings(transaction, of: principal.consortium).dispensing(dispensing)
        try principal.requireFacility(try PartiesStore(transaction).store(record.store, of: principal.consortium).facility)
        guard (1...200).contains(address.trimmed.count) else {
            throw PrescriptionFlowRefusal(.addressMissing, "1 to 200 characters", field: "address")
        }
        let products = try ProductsStore(transaction).products(Set(record.lines.map(\.pick.product)).sorted())
        try DeliveryRules.check(products.values.sorted { $0.id < $1.id }, keepsCold: keepsCold)
        let store = DeliveryStore(transaction, principal.consortium)
        let planned = Delivery(
            id: delivery, number: try store.nextNumber(year: now.businessDay.year), dispensing: dispensing, store: record.store,
            place: place, address: address.trimmed, keepsCold: keepsCold, state: .planned, plannedAt: now, carrier: nil,
            outAt: nil, endedAt: nil, reason: "", recipient: nil, recipientName: nil, recipientMasked: nil)
        try store.add(planned, by: principal.person)
        try AuditTrail(transaction).append(
            "prescription-flow.plan-delivery", subject: "delivery \(delivery)", by: principal, at: now,
            detail: ["number": planned.number, "dispensing": dispensing.description, "place": place.rawValue])
        return planned
    }
}

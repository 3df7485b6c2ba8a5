public import Postgres
public import Primitives

/// Says through which day the rest of a long prescription may be collected once something of it was handed out: instalments
/// outlast the validity of the prescription's first days. The module of long prescriptions decides the day.
///
/// Source: long-term prescription norm (长期处方管理规范, 2021), one authorisation with several dispensings (§4).
public struct SetCollection: Sendable {
    public var prescription: PrescriptionID
    public var through: CalendarDate

    public init(prescription: PrescriptionID, through: CalendarDate) {
        self.prescription = prescription
        self.through = through
    }

    /// - Throws: ``DispensingRefusal``: unknown, or not a long prescription.
    public func run(in transaction: Transaction, of consortium: ConsortiumID) throws {
        let store = PrescriptionStore(transaction, consortium)
        let current = try store.locked(prescription)
        guard current.kind == .long else {
            throw DispensingRefusal(.collectionNotForThisKind, "\(current.number) is \(current.kind.rawValue)")
        }
        try store.collect(prescription, through: through)
    }
}

import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Takes back what a patient was given, into the store that gave it.
public struct ReturnDispensed: Sendable {
    /// A quantity of one dispensed line.
    public struct Line: Sendable, Hashable {
        /// The line of the dispensing, from 1.
        public var dispensedLine: Int
        public var quantity: BaseUnits
        /// Whether the pack is as it was handed out.
        public var isUnopened: Bool

        public init(dispensedLine: Int, quantity: BaseUnits, isUnopened: Bool) {
            self.dispensedLine = dispensedLine
            self.quantity = quantity
            self.isUnopened = isUnopened
        }
    }

    public var patientReturn: PatientReturnID
    public var dispensing: DispensingID
    public var reason: ReturnReason
    /// What is wrong, in words; needed.
    public var explanation: String
    public var lines: [Line]

    public init(
        patientReturn: PatientReturnID, dispensing: DispensingID, reason: ReturnReason, explanation: String, lines: [Line]
    ) {
        self.patientReturn = patientReturn
        self.dispensing = dispensing
        self.reason = reason
        self.explanation = explanation
        self.lines = lines
    }

    /// - Throws: `IdentityRefusal` for anyone but a pharmacist or dispenser of the store's facility; ``DispensingRefusal``:
    ///   unknown, no explanation, wrong lines, a reason for which nothing is taken back, more than was dispensed.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PatientReturn {
        try principal.require(oneOf: [.pharmacist, .dispenser])
        let records = DispensingStore(transaction, principal.consortium)
        let record = try records.locked(dispensing)
        try principal.requireFacility(try PartiesStore(transaction).store(record.store, of: principal.consortium).facility)
        guard (1...500).contains(explanation.trimmed.count) else {
            throw DispensingRefusal(.reasonRequired, "say what is wrong", field: "explanation")
        }
        let products = try ProductsStore(transaction).products(record.lines.map(\.pick.product))
        let returned = try decide(record, products)
        let document = PatientReturn(
            id: patientReturn, number: try records.nextReturnNumber(year: now.businessDay.year), dispensing: dispensing,
            reason: reason, explanation: explanation.trimmed, receiver: principal.person, returnedAt: now,
            lines: returned.map(\.line))
        try records.add(document)
        for (part, state) in [(1, InsideState.available), (2, .quarantined)] {
            let picks = returned.filter { $0.line.into == state }.map(\.pick)
            guard !picks.isEmpty else { continue }
            try ReturnStock(
                store: record.store, picks: picks, from: .patient, into: state, reason: reason.rawValue,
                document: PatientReturn.document(patientReturn), requestID: patientReturn.rawValue, part: part
            ).run(in: transaction, by: principal, at: now)
        }
        try AuditTrail(transaction).append(
            "dispensing.return", subject: "dispensing \(dispensing)", by: principal, at: now,
            detail: ["return": patientReturn.description, "reason": reason.rawValue])
        return document
    }

    /// What comes back of each line, and where it goes. Pure.
    func decide(
        _ record: DispensingRecord, _ products: [ProductID: Product]
    ) throws(DispensingRefusal) -> [(line: ReturnedLine, pick: Pick)] {
        guard !lines.isEmpty, Set(lines.map(\.dispensedLine)).count == lines.count else {
            throw DispensingRefusal(.linesInvalid, "each dispensed line once, and one at least", field: "lines")
        }
        var returned: [(line: ReturnedLine, pick: Pick)] = []
        for (number, line) in lines.enumerated() {
            let field = "lines[\(number)]"
            guard line.quantity.isEnterable, let dispensed = record.lines.first(where: { $0.number == line.dispensedLine }),
                let product = products[dispensed.pick.product]
            else { throw DispensingRefusal(.linesInvalid, "line \(line.dispensedLine), quantity \(line.quantity)", field: field) }
            let destination = try reason.destination(of: product, isUnopened: line.isUnopened)
            let left = dispensed.pick.quantity - dispensed.returned
            guard line.quantity <= left else {
                throw DispensingRefusal(
                    .returnExceedsDispensed, "\(line.quantity) of batch \(dispensed.pick.batchNumber), \(left) may come back",
                    field: "\(field).quantity")
            }
            returned.append(
                (
                    ReturnedLine(dispensedLine: line.dispensedLine, quantity: line.quantity, into: destination),
                    dispensed.pick.with(line.quantity)
                ))
        }
        return returned
    }
}

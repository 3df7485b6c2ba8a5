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
        /// The trace codes of the boxes that come back. A box that goes back on the shelf names the code it went out with.
        public var codes: [String]

        public init(dispensedLine: Int, quantity: BaseUnits, isUnopened: Bool, codes: [String] = []) {
            self.dispensedLine = dispensedLine
            self.quantity = quantity
            self.isUnopened = isUnopened
            self.codes = codes
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
    ///   unknown, no explanation, wrong lines, a reason for which nothing is taken back, more than was dispensed, codes
    ///   of boxes that were not handed out, or missing ones of boxes that go back on the shelf.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PatientReturn {
        try principal.require(oneOf: [.pharmacist, .dispenser])
        let records = DispensingStore(transaction, principal.consortium)
        let record = try records.locked(dispensing)
        try principal.requireFacility(try PartiesStore(transaction).store(record.store, of: principal.consortium).facility)
        guard (1...500).contains(explanation.trimmed.count) else {
            throw DispensingRefusal(.reasonRequired, "say what is wrong", field: "explanation")
        }
        let store = ProductsStore(transaction)
        let rules = ReturnRules(
            reason: reason, products: try store.products(record.lines.map(\.pick.product)),
            packSizes: try store.articles(record.lines.map(\.pick.article)).mapValues(\.packSize), today: now.businessDay)
        let returned = try rules.decide(lines, of: record)
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
        try giveBack(document, to: record.store, transaction, of: principal.consortium)
        try AuditTrail(transaction).append(
            "dispensing.return", subject: "dispensing \(dispensing)", by: principal, at: now,
            detail: ["return": patientReturn.description, "reason": reason.rawValue])
        return document
    }

    /// The boxes are in stock again, or quarantined.
    private func giveBack(
        _ document: PatientReturn, to store: StoreID, _ transaction: Transaction, of consortium: ConsortiumID
    ) throws {
        let traces = TraceStore(transaction, consortium)
        _ = try traces.locked(document.lines.flatMap(\.codes))
        for line in document.lines where !line.codes.isEmpty {
            try traces.giveBack(line.codes, of: line.dispensedLine, of: dispensing, with: patientReturn)
            try traces.set(line.into == .available ? .inStock : .returned, of: line.codes, in: store)
        }
    }
}

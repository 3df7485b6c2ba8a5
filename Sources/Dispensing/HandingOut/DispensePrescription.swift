import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Hands out an approved prescription from a store, whole or a part of it, each unit exactly once in the consortium. Any
/// pharmacy of the consortium may, wherever it was written.
public struct DispensePrescription: Sendable {
    public var dispensing: DispensingID
    public var prescription: PrescriptionID
    public var store: StoreID
    public var checks: [DispensingCheck]
    /// Whether a single pharmacist, who also reviewed it, checked a second time.
    public var selfChecked: Bool
    /// What of it; `nil` is everything that is still open.
    public var lines: [HandOutLine]?

    public init(
        dispensing: DispensingID, prescription: PrescriptionID, store: StoreID, checks: [DispensingCheck],
        selfChecked: Bool = false, lines: [HandOutLine]? = nil
    ) {
        self.dispensing = dispensing
        self.prescription = prescription
        self.store = store
        self.checks = checks
        self.selfChecked = selfChecked
        self.lines = lines
    }

    /// - Throws: `IdentityRefusal` for anyone but a dispenser of the store's facility; ``DispensingRefusal``: unknown, not
    ///   approved or dispensed already, not valid today, claimed elsewhere, reviewed by the same person, checks left out, wrong
    ///   lines or more than is open, stock short of any line (nothing is handed out then), a batch that expires within the
    ///   course of a long prescription.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> DispensingRecord {
        try principal.require(oneOf: [.dispenser])
        let place = try PartiesStore(transaction).store(store, of: principal.consortium)
        try principal.requireFacility(place.facility)
        let today = now.businessDay
        let prescriptions = PrescriptionStore(transaction, principal.consortium)
        let records = DispensingStore(transaction, principal.consortium)
        let current = try prescriptions.locked(prescription)
        _ = try current.state.after(.dispensePart)
        try current.requireValidity(on: today)
        try current.requireSignature(in: transaction, of: principal.consortium)
        let claims = ClaimStore(transaction, principal.consortium)
        try claims.requireOpen(prescription, to: place.facility, at: now)
        try DispensingRules.checkSeparation(
            approver: current.approver, dispenser: principal.person,
            isSinglePharmacistSite: try records.isSinglePharmacistSite(place.facility), selfChecked: selfChecked)
        try DispensingRules.check(checks)

        let asked = try DispensingRules.asked(lines, of: current)
        let isWhole = Set(asked) == Set(current.openLines)

        let issued = try issue(asked, of: current, in: transaction, by: principal, at: now)
        let record = DispensingRecord(
            id: dispensing, number: try records.nextNumber(year: today.year), prescription: prescription,
            version: current.version, part: current.dispensings.count + 1,
            store: store, dispenser: principal.person, movement: issued.movement, dispensedAt: now, dispensedOn: today,
            selfChecked: selfChecked, checks: DispensingCheck.allCases, retainThrough: current.kind.retainThrough(from: today),
            lines: Self.lines(issued, of: asked))
        try records.add(record)
        try prescriptions.handOut(asked, of: prescription, version: current.version)
        try prescriptions.set(
            try current.state.after(isWhole ? .dispense : .dispensePart), version: current.version, of: prescription)
        try claims.end(of: prescription, .dispensed, dispensing: dispensing, at: now)
        try AuditTrail(transaction).append(
            "dispensing.dispense", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["dispensing": dispensing.description, "store": store.description, "part": String(record.part)])
        return record
    }

    private func issue(
        _ asked: [HandOutLine], of current: Prescription, in transaction: Transaction, by principal: Principal, at now: Instant
    ) throws -> IssuedStock {
        let today = now.businessDay
        let lines = asked.map { part in
            let line = current.content.lines[part.line - 1]
            return ProductQuantity(
                product: line.product, quantity: part.quantity,
                usedThrough: DispensingRules.usedThrough(line, handingOut: part.quantity, kind: current.kind, today: today))
        }
        do {
            return try IssueStock(
                store: store, lines: lines, to: .patient, document: DispensingRecord.document(dispensing),
                requestID: dispensing.rawValue
            ).run(in: transaction, by: principal, at: now)
        } catch let refusal as StockLedgerRefusal where refusal.code == .insufficientStock {
            guard let short = try shortages(of: lines, in: transaction, principal, today) else {
                // There is enough, but not of what lasts.
                throw DispensingRefusal(.expiresWithinCourse, refusal.detail, field: refusal.field)
            }
            throw DispensingRefusal(.stockShort, short, field: refusal.field)
        } catch let refusal as StockLedgerRefusal where refusal.code == .alreadyRecorded {
            throw DispensingRefusal(.documentIDTaken, "dispensing \(dispensing)", field: "dispensingID")
        }
    }

    /// Every product that is short, with what is asked and what is there.
    private func shortages(
        of lines: [ProductQuantity], in transaction: Transaction, _ principal: Principal, _ today: CalendarDate
    ) throws -> String? {
        let available = try StockReadings(transaction).available(in: store, of: principal.consortium, today: today)
        let short = lines.filter { $0.quantity > available[$0.product] ?? .zero }
        let products = try ProductsStore(transaction).products(short.map(\.product))
        let named = short.map { line in
            let name = products[line.product]?.label ?? line.product.description
            return "\(name): \(line.quantity) asked, \(available[line.product] ?? .zero) there"
        }
        return named.isEmpty ? nil : named.joined(separator: "; ")
    }

    private static func lines(_ issued: IssuedStock, of asked: [HandOutLine]) -> [DispensedLine] {
        let picks = zip(asked, issued.picksOfLine).flatMap { part, picks in picks.map { (part.line, $0) } }
        return picks.enumerated().map { number, pick in
            DispensedLine(number: number + 1, prescriptionLine: pick.0, pick: pick.1, returned: .zero)
        }
    }
}

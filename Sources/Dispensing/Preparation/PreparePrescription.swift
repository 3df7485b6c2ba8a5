import Audit
import Codes
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Records, in the preparer's own session, what they put together. Whoever hands it out names the preparation.
///
/// Source: prescription rules (处方管理办法), preparing and checking at handing out; R-CD-02; toxic drug measures (1988),
/// article 9.
public struct PreparePrescription: Sendable {
    public var preparation: PreparationID
    public var prescription: PrescriptionID
    public var store: StoreID
    /// What of it; `nil` is everything that is still open.
    public var lines: [HandOutLine]?
    public var scans: [TraceScan]

    public init(
        preparation: PreparationID, prescription: PrescriptionID, store: StoreID, lines: [HandOutLine]? = nil,
        scans: [TraceScan] = []
    ) {
        self.preparation = preparation
        self.prescription = prescription
        self.store = store
        self.lines = lines
        self.scans = scans
    }

    /// - Throws: `IdentityRefusal` for anyone but a dispenser or pharmacist of the store's facility; ``DispensingRefusal``:
    ///   unknown, not to be dispensed, not valid today, claimed elsewhere, wrong lines or more than is open, a scan that is no
    ///   trace code, an id that is taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Preparation {
        try principal.require(oneOf: [.dispenser, .pharmacist])
        let place = try PartiesStore(transaction).store(store, of: principal.consortium)
        try principal.requireFacility(place.facility)
        let current = try PrescriptionStore(transaction, principal.consortium).locked(prescription)
        _ = try current.state.after(.dispensePart)
        try current.requireValidity(on: now.businessDay)
        try ClaimStore(transaction, principal.consortium).requireOpen(prescription, to: place.facility, at: now)
        let asked = try DispensingRules.asked(lines, of: current)
        let codes = try scans.enumerated().map { number, scan in
            let code = try TraceCode(scanned: scan.code, on: now.businessDay, field: "scans[\(number)].code")
            return TraceScan(code: code.text, isSplit: scan.isSplit)
        }
        let prepared = Preparation(
            id: preparation, prescription: prescription, version: current.version, store: store, preparer: principal.person,
            preparedAt: now, lines: asked, scans: codes,
            proposed: try proposed(asked, of: current, in: transaction, principal, today: now.businessDay))
        try PreparationStore(transaction, principal.consortium).add(prepared)
        try AuditTrail(transaction).append(
            "dispensing.prepare", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["preparation": preparation.description])
        return prepared
    }

    private func proposed(
        _ asked: [HandOutLine], of current: Prescription, in transaction: Transaction, _ principal: Principal,
        today: CalendarDate
    ) throws -> [Pick] {
        let products = asked.map { current.content.lines[$0.line - 1].product }
        let stock = Dictionary(
            grouping: try StockReadings(transaction).pickable(products, in: store, of: principal.consortium, today: today),
            by: \.product)
        let picks = asked.map { part -> [Pick]? in
            let line = current.content.lines[part.line - 1]
            let lasting = DispensingRules.usedThrough(line, handingOut: part.quantity, kind: current.kind, today: today)
            return try? allocate(part.quantity, from: stock[line.product] ?? [], today: lasting)
        }
        return picks.contains(nil) ? [] : picks.compactMap { $0 }.flatMap { $0 }
    }
}

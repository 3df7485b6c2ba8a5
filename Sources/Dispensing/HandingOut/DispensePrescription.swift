import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Hands out an approved prescription from a store, whole or a part of it, each unit and each box exactly once in the
/// consortium. Any pharmacy of the consortium may, wherever it was written.
public struct DispensePrescription: Sendable {
    public var dispensing: DispensingID
    public var prescription: PrescriptionID
    public var store: StoreID
    public var checks: [DispensingCheck]
    /// Whether a single pharmacist, who also reviewed it, checked a second time.
    public var selfChecked: Bool
    /// What of it; `nil` is everything that is still open, or what was prepared.
    public var lines: [HandOutLine]?
    /// What another person prepared; `nil` when nobody did.
    public var preparation: PreparationID?
    /// The boxes that were scanned; none are those that were scanned when it was prepared.
    public var scans: [TraceScan]
    /// Why boxes of a line have no code.
    public var exemptions: [TraceExemption]

    public init(
        dispensing: DispensingID, prescription: PrescriptionID, store: StoreID, checks: [DispensingCheck],
        selfChecked: Bool = false, lines: [HandOutLine]? = nil, preparation: PreparationID? = nil, scans: [TraceScan] = [],
        exemptions: [TraceExemption] = []
    ) {
        self.dispensing = dispensing
        self.prescription = prescription
        self.store = store
        self.checks = checks
        self.selfChecked = selfChecked
        self.lines = lines
        self.preparation = preparation
        self.scans = scans
        self.exemptions = exemptions
    }

    /// - Throws: `IdentityRefusal` for anyone but a dispenser of the store's facility; ``DispensingRefusal``: unknown, not
    ///   approved or dispensed already, not valid today, claimed elsewhere, reviewed by the same person, checks left out, a
    ///   preparation that is of something else, wrong lines or more than is open, no second person where one is needed, stock
    ///   short of any line (nothing is handed out then), a batch that expires within the course of a long prescription, what
    ///   ``TraceRules`` refuse of a scanned box, boxes without a code.
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
        let practice = try records.practice(of: place.facility)
        try DispensingRules.checkSeparation(
            approver: current.approver, dispenser: principal.person, isSinglePharmacistSite: practice.hasSinglePharmacist,
            selfChecked: selfChecked)
        try DispensingRules.check(checks)
        let prepared = try prepared(of: current, transaction, principal)
        let asked = try DispensingRules.asked(prepared?.lines ?? lines, of: current)
        try checkSecondPerson(asked, of: current, prepared, practice, transaction, principal)

        let issue = IssueOfLines(dispensing: dispensing, store: store, asked: asked, prescription: current)
        let issued = try issue.run(in: transaction, by: principal, at: now)
        let lines = issue.lines(issued)
        let packs = try PackPlan(lines, in: store, of: principal.consortium, transaction)
        let boxes = try TracePlan(
            scans.isEmpty ? prepared?.scans ?? [] : scans, exemptions, of: packs, in: store, facility: place.facility,
            of: principal.consortium, transaction, today: today)

        let isWhole = Set(asked) == Set(current.openLines)
        try records.add(
            DispensingRecord(
                id: dispensing, number: try records.nextNumber(year: today.year), prescription: prescription,
                version: current.version, part: current.dispensings.count + 1, store: store, preparer: prepared?.preparer,
                preparation: preparation, dispenser: principal.person, movement: issued.movement, dispensedAt: now,
                dispensedOn: today, selfChecked: selfChecked, checks: DispensingCheck.allCases,
                retainThrough: current.kind.retainThrough(from: today),
                lines: lines.map { $0.with(split: packs.splitOfLine[$0.number] ?? .zero) }))
        try boxes.recordLearnt(transaction, by: principal, at: now)
        try packs.record(
            of: dispensing, in: store, openedCodes: boxes.openedCodes, transaction, by: principal, at: now)
        try boxes.record(of: dispensing, transaction, of: principal.consortium)
        try prescriptions.handOut(asked, of: prescription, version: current.version)
        try prescriptions.set(
            try current.state.after(isWhole ? .dispense : .dispensePart), version: current.version, of: prescription)
        try claims.end(of: prescription, .dispensed, dispensing: dispensing, at: now)
        let record = try records.record(dispensing)
        try AuditTrail(transaction).append(
            "dispensing.dispense", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["dispensing": dispensing.description, "store": store.description, "part": String(record.part)])
        return record
    }

    /// The preparation that is handed out. It is of this prescription as it is now, in this store, and says what is given.
    private func prepared(
        of current: Prescription, _ transaction: Transaction, _ principal: Principal
    ) throws -> Preparation? {
        guard let preparation else { return nil }
        let prepared = try PreparationStore(transaction, principal.consortium).preparation(preparation)
        guard prepared.prescription == current.id, prepared.version == current.version, prepared.store == store,
            lines.map({ Set($0) == Set(prepared.lines) }) ?? true
        else {
            throw DispensingRefusal(.preparationDiffers, "preparation \(preparation)", field: "preparation")
        }
        return prepared
    }

    private func checkSecondPerson(
        _ asked: [HandOutLine], of current: Prescription, _ prepared: Preparation?, _ practice: FacilityPractice,
        _ transaction: Transaction, _ principal: Principal
    ) throws {
        let products = try ProductsStore(transaction).products(asked.map { current.content.lines[$0.line - 1].product })
        try SecondPersonRules(
            controls: Set(products.values.map(\.specialControl)), siteHasTwo: practice.hasTwoPersons,
            isSinglePharmacistSite: practice.hasSinglePharmacist, selfChecked: selfChecked
        ).check(
            preparer: prepared?.preparer, checker: principal.person,
            checkerIsPharmacist: principal.roles.contains(.pharmacist))
    }
}

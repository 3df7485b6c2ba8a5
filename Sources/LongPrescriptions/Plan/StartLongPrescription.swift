import Audit
public import Dispensing
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives

/// Begins the collection of a long prescription in instalments: checks that it may be one, records the assessment and the
/// consent, and plans the instalments from the end of what the patient still has.
public struct StartLongPrescription: Sendable {
    public var plan: LongPlanID
    public var prescription: PrescriptionID
    /// The chosen pharmacy.
    public var store: StoreID
    /// How many days an instalment lasts.
    public var instalmentDays: Int
    public var assessment: Assessment
    /// How the patient is followed, and what is done about adverse events.
    public var followUpPlan: String
    public var consent: Consent
    /// Who may collect for the patient.
    public var proxies: [ProxyDetails]
    public var rules: EligibilityRules

    public init(
        plan: LongPlanID, prescription: PrescriptionID, store: StoreID, instalmentDays: Int = 28, assessment: Assessment,
        followUpPlan: String, consent: Consent, proxies: [ProxyDetails] = [], rules: EligibilityRules
    ) {
        self.plan = plan
        self.prescription = prescription
        self.store = store
        self.instalmentDays = instalmentDays
        self.assessment = assessment
        self.followUpPlan = followUpPlan
        self.consent = consent
        self.proxies = proxies
        self.rules = rules
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber or pharmacist; `DispensingRefusal` for an unknown prescription;
    ///   `PartiesRefusal` for an unknown store; ``LongPrescriptionsRefusal``: another's prescription, a plan it has already, a
    ///   state in which nothing is collected, no pharmacy, what ``EligibilityRules`` refuse, days out of range, a record of
    ///   consent, proxy or follow-up that is incomplete, too much supply ahead.
    public func run(
        in transaction: Transaction, by principal: Principal, at now: Instant, pepper: ResidentPepper
    ) throws -> LongPlan {
        try principal.require(oneOf: [.prescriber, .pharmacist])
        let work = PlanWork(transaction, by: principal, at: now)
        try work.plans.lock(prescription)
        let written = try PrescriptionReadings(transaction, of: principal.consortium).prescription(prescription)
        try check(written, by: principal)
        try replaceOutdated(written, work)
        let place = try PartiesStore(transaction).store(store, of: principal.consortium)
        try place.requirePatients()

        let products = try ProductsStore(transaction).products(written.content.lines.map(\.product))
        let isFirst = try isFirst(written, work)
        let begun = QualificationStore(transaction, principal.consortium)
        try rules.check(
            EligibilityFacts(
                kind: written.kind, content: written.content, products: products, isFirst: isFirst,
                qualification: try begun.qualification(of: written.prescriber),
                level: try PartiesStore(transaction).facility(written.facility, of: principal.consortium).level,
                mayBegin: try begun.mayBegin(written.facility), assessment: assessment),
            today: work.today)
        guard rules.terms.instalmentDays.contains(instalmentDays) else {
            throw LongPrescriptionsRefusal(
                .instalmentDaysOutOfRange, "\(instalmentDays) days, \(rules.terms.instalmentDays) allowed", field: "instalmentDays")
        }
        try consent.check(writtenOn: written.writtenOn, today: work.today, proxies: proxies.count)
        let identified = try proxies.enumerated().map { number, proxy in
            try proxy.identified(as: number + 1, on: work.today, pepper: pepper, field: "proxies[\(number)]")
        }
        let startsOn = try startsOn(written, products, work)
        let begins = try self.begins(written, startsOn: startsOn, isFirst: isFirst, identified.map(\.proxy), by: principal, at: now)
        try work.plans.add(begins, proxies: identified, by: principal)
        try SetCollection(prescription: prescription, through: begins.endsOn).run(in: transaction, of: principal.consortium)
        try work.note(.start, of: plan)
        try work.reserveNext(of: plan, terms: rules.terms)
        return try work.plans.plan(plan)
    }

    private func check(_ written: Prescription, by principal: Principal) throws(LongPrescriptionsRefusal) {
        guard written.kind == .long else {
            throw LongPrescriptionsRefusal(.notLong, "\(written.number) is \(written.kind.rawValue)")
        }
        guard written.state == .issued || written.state == .approved else {
            throw LongPrescriptionsRefusal(.prescriptionNotOpen, "\(written.number) is \(written.state.rawValue)")
        }
        guard written.prescriber == principal.person || principal.roles.contains(.pharmacist) else {
            throw LongPrescriptionsRefusal(.otherPrescriber, "\(written.number) was written by another")
        }
    }

    /// A plan of an earlier version gives way; nothing was collected on it, as only an approved version is dispensed.
    private func replaceOutdated(_ written: Prescription, _ work: PlanWork) throws {
        guard let known = try work.plans.plan(of: written.id) else { return }
        let earlier = try work.plans.locked(known)
        guard earlier.version < written.version else {
            throw LongPrescriptionsRefusal(.planExists, "\(written.number) has a plan, \(earlier.state.rawValue)")
        }
        try work.plans.set(try earlier.state.after(.supersede), of: known)
        try work.instalments.lapse(known)
        try work.reserving.release(earlier, reason: "supersede", by: work.principal)
        try work.note(.supersede, of: known)
    }

    private func isFirst(_ written: Prescription, _ work: PlanWork) throws -> Bool {
        guard let category = DiagnosisCategory(written.content.diagnosisCode) else { return true }
        return try !work.plans.hasEarlier(written.patient, category: category, except: written.id)
    }

    /// The day after the supply of the ingredient that runs out first, or the day it was written when that is later.
    ///
    /// - Throws: ``LongPrescriptionsRefusal`` `supplyAhead` when another ingredient lasts longer than the window allows.
    private func startsOn(
        _ written: Prescription, _ products: [ProductID: Product], _ work: PlanWork
    ) throws -> CalendarDate {
        let since = written.writtenOn.adding(days: -366)
        let supply = try work.instalments.supply(of: written.patient, since: since)
        let ends = written.content.lines.map { line -> CalendarDate in
            let through = products[line.product].flatMap { supply[$0.genericName]?.through }
            return max(written.writtenOn, through?.adding(days: 1) ?? written.writtenOn)
        }
        let startsOn = ends.min() ?? written.writtenOn
        let early = rules.terms.window(ofDays: instalmentDays).earlyDays
        for (number, end) in ends.enumerated() where end.days(since: startsOn) > early {
            let name = products[written.content.lines[number].product]?.label ?? ""
            throw LongPrescriptionsRefusal(.supplyAhead, "\(name) lasts through \(end.adding(days: -1))")
        }
        return startsOn
    }

    private func begins(
        _ written: Prescription, startsOn: CalendarDate, isFirst: Bool, _ proxies: [Proxy], by principal: Principal, at now: Instant
    ) throws(LongPrescriptionsRefusal) -> LongPlan {
        let split = InstalmentPlan(written.content.lines, startsOn: startsOn, instalmentDays: instalmentDays)
        return LongPlan(
            id: plan, prescription: written.id, prescriptionNumber: written.number, version: written.version,
            patient: written.patient, store: store, state: .active, isFirst: isFirst,
            diagnosisCode: written.content.diagnosisCode, startsOn: startsOn, endsOn: split.endsOn,
            earlyDays: rules.terms.earlyDays, graceDays: rules.terms.graceDays, followUpDays: rules.terms.followUpDays,
            assessedOn: startsOn, assessment: try assessment.findings.words(or: .assessmentInvalid, field: "assessment.findings"),
            followUpPlan: try followUpPlan.words(or: .wordsMissing, field: "followUpPlan"), consent: consent, proxies: proxies,
            supplyThrough: nil, startedBy: principal.person, startedAt: now,
            instalments: split.instalments.map {
                Instalment(
                    number: $0.number, dueOn: $0.dueOn, days: $0.days, state: .open, missedOn: nil, collectedOn: nil, store: nil,
                    lines: $0.lines)
            })
    }
}

extension Store {
    /// Refuses a store that serves no patients.
    func requirePatients() throws(LongPrescriptionsRefusal) {
        guard kind != .central else {
            throw LongPrescriptionsRefusal(.pharmacyInvalid, "\(name) serves no patients", field: "store")
        }
    }
}

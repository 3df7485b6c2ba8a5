import Dispensing
import LongPrescriptions
import Primitives

/// Somebody who may collect for the patient. The resident number is not kept.
struct ProxyBody: Codable, Sendable {
    let name: String
    /// In words: 配偶, 女儿, …
    let relation: String
    let residentNumber: String

    var details: ProxyDetails { ProxyDetails(name: name, relation: relation, residentNumber: residentNumber) }
}

/// The beginning of a plan. The caller may choose its id.
struct LongPlanBody: Codable, Sendable {
    struct AssessmentBody: Codable, Sendable {
        let on: CalendarDate
        let findings: String
    }

    struct ConsentBody: Codable, Sendable {
        let by: ConsentGiver
        let manner: ConsentManner
        let givenOn: CalendarDate
    }

    let plan: LongPlanID?
    /// The chosen pharmacy.
    let store: StoreID
    /// 28 unless told, or the most that is allowed when that is less.
    let instalmentDays: Int?
    let assessment: AssessmentBody
    /// How the patient is followed, and what is done about adverse events.
    let followUpPlan: String
    let consent: ConsentBody
    let proxies: [ProxyBody]?

    func verb(_ prescription: PrescriptionID, plan fallback: LongPlanID, rules: EligibilityRules) -> StartLongPrescription {
        StartLongPrescription(
            plan: plan ?? fallback, prescription: prescription, store: store,
            instalmentDays: instalmentDays ?? min(28, rules.terms.instalmentDays.upperBound),
            assessment: Assessment(on: assessment.on, findings: assessment.findings), followUpPlan: followUpPlan,
            consent: Consent(by: consent.by, manner: consent.manner, givenOn: consent.givenOn),
            proxies: (proxies ?? []).map(\.details), rules: rules)
    }
}

/// The collection of an instalment. The caller may choose the dispensing's id.
struct CollectionBody: Codable, Sendable {
    let dispensing: DispensingID?
    let store: StoreID
    /// All four of them.
    let checks: [DispensingCheck]
    /// Of a single pharmacist who also reviewed.
    let selfChecked: Bool?
    /// What another person prepared.
    let preparation: PreparationID?
    /// The boxes that were scanned.
    let scans: [TraceScan]?
    /// Why boxes of a line have no code.
    let exemptions: [TraceExemption]?
    /// Of the proxy who comes; left out when the patient does. It is not kept.
    let proxyResidentNumber: String?
    /// What the pharmacist explained.
    let counselling: String

    /// How it is handed out; which prescription and what of it is the plan's.
    func handOut(of prescription: PrescriptionID, dispensing fallback: DispensingID) -> DispensePrescription {
        DispensePrescription(
            dispensing: dispensing ?? fallback, prescription: prescription, store: store, checks: checks,
            selfChecked: selfChecked ?? false, preparation: preparation, scans: scans ?? [], exemptions: exemptions ?? [])
    }

    var collector: Collector { proxyResidentNumber.map { .proxy(residentNumber: $0) } ?? .patient }
}

/// How the patient is, and whether the plan goes on; a reason is needed when it does not.
struct FollowUpBody: Codable, Sendable {
    enum Result: String, Codable, Sendable, CaseIterable {
        case goOn = "go-on"
        case suspend, stop
    }

    let result: Result
    let reason: StopReason?
    let findings: String

    var followUp: RecordFollowUp.Result {
        switch result {
        case .goOn: .goOn
        case .suspend: .suspend(reason ?? .other)
        case .stop: .stop(reason ?? .other)
        }
    }
}

/// Why a plan is suspended or stopped, or an alert raised.
struct PlanDecisionBody: Codable, Sendable {
    let reason: StopReason
    let words: String
}

struct ResumptionBody: Codable, Sendable {
    let words: String
}

struct ChosenPharmacyBody: Codable, Sendable {
    let store: StoreID
}

struct QualificationBody: Codable, Sendable {
    let title: PhysicianTitle
    let specialties: [Specialty]
}

struct AbilityBody: Codable, Sendable {
    let mayBegin: Bool
}

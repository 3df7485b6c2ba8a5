public import Dispensing
import Formulary
import Identity
import LongPrescriptions
import Parties
import Postgres
import PrescriptionUploads
import Primitives
import StockLedger

/// The operations of long prescriptions: beginning a plan, collecting, the course, and the registers.
public enum LongPrescriptionsRoutes {
    /// - Parameter pepper: the secret under which resident numbers of proxies are digested.
    public static func endpoints(pepper: ResidentPepper) -> [Endpoint] {
        [start(pepper), collect(pepper), nameProxy(pepper)] + plans + course + declarations + registers
    }

    static let tag = Phrase("长期处方", "Long prescriptions")
    static let clinicians: Set<Role> = [.prescriber, .pharmacist, .dispenser]
    static let readers = clinicians.union([.supervisor, .auditor])

    static func codes(_ codes: LongPrescriptionsRefusalCode...) -> [any RefusalCode] { codes }

    // MARK: - Beginning and collecting

    private static func start(_ pepper: ResidentPepper) -> Endpoint {
        .command(
            "long-prescriptions.start", "/prescriptions/{prescriptionID:uuid}/long-plan", tag: tag,
            summary: Phrase("登记长期处方取药计划：知情同意、取药点与各次取药", "Begins a plan: consent, pharmacy and instalments"),
            roles: [.prescriber, .pharmacist],
            refusals: [PartiesRefusalCode.storeUnknown, DispensingRefusalCode.prescriptionUnknown]
                + codes(
                    .notLong, .prescriptionNotOpen, .otherPrescriber, .planExists, .pharmacyInvalid, .diagnosisNotChronic,
                    .recordsMissing, .courseTooLong, .productExcluded, .facilityNotAble, .prescriberNotQualified,
                    .assessmentInvalid, .instalmentDaysOutOfRange, .consentInvalid, .proxyInvalid, .wordsMissing, .supplyAhead,
                    .documentIDTaken),
            creates: true, body: LongPlanBody.self, answer: LongPlan.self
        ) { call, transaction in
            let rules = try EligibilityRules.inForce(transaction, of: call.principal.consortium, on: call.today)
            return try call.body.verb(try call.id("prescriptionID"), plan: LongPlanID(call.requestID), rules: rules)
                .run(in: transaction, by: call.principal, at: call.now, pepper: pepper)
        }
    }

    private static func collect(_ pepper: ResidentPepper) -> Endpoint {
        .command(
            "long-prescriptions.collect", "/long-plans/{planID:uuid}/instalments/{instalment:number}/collection", tag: tag,
            summary: Phrase("分次取药：任一药房，本人或代取人", "Hands out an instalment at any pharmacy, to the patient or a proxy"),
            roles: [.dispenser],
            refusals: [PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility, StockLedgerRefusalCode.frozen]
                + codes(
                    .planUnknown, .wrongState, .planOutdated, .nothingToCollect, .notNext, .missed, .tooEarly, .followUpNeeded,
                    .supplyAhead, .counsellingMissing, .proxyInvalid, .proxyNotNamed) + ofHandingOut + PrescriptionUploadsRoutes.ofHold,
            creates: true, body: CollectionBody.self, answer: LongPlan.self
        ) { call, transaction in
            let id: LongPlanID = try call.id("planID")
            let plan = try LongPrescriptionReadings(transaction, of: call.principal.consortium).plan(id)
            try HoldForInsurer(prescription: plan.prescription).run(in: transaction, for: call.principal.consortium)
            return try CollectInstalment(
                plan: id, instalment: Int(try call.integer("instalment")), collector: call.body.collector,
                counselling: call.body.counselling,
                handOut: call.body.handOut(of: plan.prescription, dispensing: DispensingID(call.requestID))
            ).run(in: transaction, by: call.principal, at: call.now, pepper: pepper)
        }
    }

    private static let ofHandingOut: [any RefusalCode] = [
        DispensingRefusalCode.wrongState, DispensingRefusalCode.alreadyDispensed, DispensingRefusalCode.validityPassed,
        DispensingRefusalCode.claimedElsewhere, DispensingRefusalCode.reviewerDispenses, DispensingRefusalCode.checksIncomplete, DispensingRefusalCode.stockShort,
        DispensingRefusalCode.expiresWithinCourse, DispensingRefusalCode.documentIDTaken,
    ] + DispensingRoutes.ofPeople + DispensingRoutes.ofScans

    private static func nameProxy(_ pepper: ResidentPepper) -> Endpoint {
        .command(
            "long-prescriptions.name-proxy", "/long-plans/{planID:uuid}/proxies", tag: tag,
            summary: Phrase("登记代取人", "Names somebody who may collect for the patient"), roles: clinicians,
            refusals: codes(.planUnknown, .wrongState, .proxyInvalid), creates: true, body: ProxyBody.self,
            answer: LongPlan.self
        ) { call, transaction in
            try NameProxy(plan: try call.id("planID"), proxy: call.body.details)
                .run(in: transaction, by: call.principal, at: call.now, pepper: pepper)
        }
    }

    // MARK: - Who may begin

    private static let declarations: [Endpoint] = [
        .command(
            "long-prescriptions.declare-qualification", "/people/{personID:number}/prescriber-qualification", method: .put,
            tag: tag, summary: Phrase("登记医师职称与专业", "Says what title and specialties a prescriber has"), roles: [.supervisor],
            refusals: codes(.qualificationInvalid), body: QualificationBody.self, answer: QualificationBody.self
        ) { call, transaction in
            try DeclareQualification(
                person: try call.number("personID"),
                qualification: PrescriberQualification(title: call.body.title, specialties: call.body.specialties)
            ).run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
        .command(
            "long-prescriptions.declare-ability", "/facilities/{facilityID:number}/first-long-prescriptions", method: .put,
            tag: tag, summary: Phrase("登记基层机构能否首次开具长期处方", "Says whether a primary institution may begin long prescriptions"),
            roles: [.supervisor], refusals: [PartiesRefusalCode.facilityUnknown], body: AbilityBody.self,
            answer: AbilityBody.self
        ) { call, transaction in
            try DeclareAbility(facility: try call.number("facilityID"), mayBegin: call.body.mayBegin)
                .run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
    ]
}

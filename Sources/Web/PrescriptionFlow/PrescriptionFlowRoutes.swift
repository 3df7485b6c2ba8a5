public import Dispensing
import Identity
import Parties
import Postgres
import PrescriptionFlow
import Primitives
import Requisitions
import StockLedger

/// The operations that bring a reviewed prescription to a pharmacy that has it.
public enum PrescriptionFlowRoutes {
    /// - Parameter pepper: the secret under which resident numbers are digested.
    public static func endpoints(pepper: ResidentPepper) -> [Endpoint] {
        choices + offers + shortages + sharing + deliveries(pepper)
    }

    static let tag = Phrase("处方流转", "Prescription flow")
    static let clinicians: Set<Role> = [.prescriber, .pharmacist, .dispenser]
    static let ofStore: [any RefusalCode] = [PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility]

    static func codes(_ codes: PrescriptionFlowRefusalCode...) -> [any RefusalCode] { codes }

    /// The document a page continues after.
    static func after<Kind>(_ page: Page) throws -> DocumentID<Kind>? {
        guard let keys = try page.afterKeys(1) else { return nil }
        guard let id = DocumentID<Kind>(text: keys[0]) else { throw Cursor.foreign }
        return id
    }

    /// The store in the path, of the caller's facility.
    static func ownStore<Body>(_ call: Call<Body>, _ transaction: Transaction) throws -> Store {
        let store = try PartiesStore(transaction).store(try call.number("storeID"), of: call.principal.consortium)
        try call.principal.requireFacility(store.facility)
        return store
    }

    // MARK: - Where the patient collects

    private static let ofChoice: [any RefusalCode] = [
        PartiesRefusalCode.storeUnknown, DispensingRefusalCode.storeServesNoPatients,
    ]

    private static let choices: [Endpoint] = [
        .reading(
            "prescription-flow.patient-pharmacy", "/patients/{patientID:uuid}/pharmacy", tag: tag,
            summary: Phrase("患者常去的药房", "Where a patient collects as a rule"), roles: clinicians,
            refusals: [DispensingRefusalCode.patientUnknown], answer: PharmacyChoiceBody.self
        ) { call, transaction in
            let patient = try PatientStore(transaction).patient(try call.id("patientID"), of: call.principal.consortium)
            let store = try ChoicesStore(transaction, call.principal.consortium).pharmacy(ofPatient: patient.id)
            return PharmacyChoiceBody(store: store)
        },
        .command(
            "prescription-flow.choose-patient-pharmacy", "/patients/{patientID:uuid}/pharmacy", method: .put, tag: tag,
            summary: Phrase("登记患者常去的药房", "Records where a patient collects as a rule"), roles: clinicians,
            refusals: [DispensingRefusalCode.patientUnknown] + ofChoice, body: PharmacyChoiceBody.self,
            answer: PharmacyChoiceBody.self
        ) { call, transaction in
            try ChoosePatientPharmacy(patient: try call.id("patientID"), store: call.body.store)
                .run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
        .command(
            "prescription-flow.choose-prescription-pharmacy", "/prescriptions/{prescriptionID:uuid}/pharmacy", method: .put,
            tag: tag, summary: Phrase("登记本处方的取药药房", "Records where the patient collects one prescription"), roles: clinicians,
            refusals: [
                DispensingRefusalCode.prescriptionUnknown, DispensingRefusalCode.wrongState,
                DispensingRefusalCode.alreadyDispensed,
            ] + ofChoice,
            body: PharmacyChoiceBody.self, answer: PharmacyChoiceBody.self
        ) { call, transaction in
            try ChoosePrescriptionPharmacy(prescription: try call.id("prescriptionID"), store: call.body.store)
                .run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
    ]

    // MARK: - Offers

    private static let offers: [Endpoint] = [
        .reading(
            "prescription-flow.offers", "/prescriptions/{prescriptionID:uuid}/offers", tag: tag,
            summary: Phrase("可取药的药房及缺药建议", "The pharmacies for a prescription, and proposals when the right one lacks something"),
            roles: clinicians,
            refusals: [
                DispensingRefusalCode.prescriptionUnknown, DispensingRefusalCode.wrongState,
                DispensingRefusalCode.alreadyDispensed, DispensingRefusalCode.validityPassed,
            ],
            answer: PrescriptionOffers.self
        ) { call, transaction in
            try PharmacyOffers(transaction, of: call.principal.consortium)
                .offers(try call.id("prescriptionID"), today: call.today)
        },
        .reading(
            "prescription-flow.offered-prescriptions", "/stores/{storeID:number}/offered-prescriptions", tag: tag,
            summary: Phrase(
                "流转到本药房的处方，急诊在前，新的在前",
                "What is offered to a pharmacy: chosen here, or chosen nowhere and everything here; emergencies, then the newest"),
            roles: [.pharmacist, .dispenser], query: .paging, refusals: ofStore, answer: PageOf<OfferedPrescription>.self
        ) { call, transaction in
            let store = try ownStore(call, transaction)
            let page = try call.page()
            let found = try OfferedPrescriptions(transaction, of: call.principal.consortium)
                .offered(to: store, at: call.now, after: try after(page), limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
    ]

    // MARK: - Shortages

    private static let shortages: [Endpoint] = [
        .reading(
            "prescription-flow.shortages", "/prescriptions/{prescriptionID:uuid}/shortages", tag: tag,
            summary: Phrase("处方的缺药登记", "What was reported short for a prescription"),
            roles: clinicians.union([.storekeeper, .procurementOfficer, .supervisor]),
            refusals: [DispensingRefusalCode.prescriptionUnknown], answer: PageOf<ShortageReport>.self
        ) { call, transaction in
            let found = try PrescriptionShortages(transaction, call.principal.consortium)
                .reports(of: try call.id("prescriptionID"))
            return PageOf(items: found, next: nil)
        },
        .command(
            "prescription-flow.report-shortage", "/prescriptions/{prescriptionID:uuid}/shortages", tag: tag,
            summary: Phrase("登记处方缺药", "Reports that a line of a prescription cannot be met"),
            roles: clinicians.union([.storekeeper]),
            refusals: codes(.productNotPrescribed, .nothingOpen, .quantityInvalid) + [
                DispensingRefusalCode.prescriptionUnknown, PartiesRefusalCode.facilityUnknown,
                IdentityRefusalCode.otherFacility, RequisitionsRefusalCode.shortageExists,
            ],
            creates: true, body: PrescriptionShortageBody.self, answer: ShortageReport.self
        ) { call, transaction in
            try ReportPrescriptionShortage(
                shortage: call.body.shortage ?? ShortageID(call.requestID), prescription: try call.id("prescriptionID"),
                line: call.body.line, facility: call.body.facility, quantity: call.body.quantity
            ).run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}

public import Dispensing
import Formulary
import Identity
import Parties
import Postgres
import PrescriptionUploads
import Primitives

/// The operations of patients, prescriptions, dispensings and returns.
public enum DispensingRoutes {
    /// - Parameter pepper: the secret under which resident numbers are digested.
    public static func endpoints(pepper: ResidentPepper) -> [Endpoint] {
        [registration(pepper)] + patients + patientFacts + prescriptions + writing + checks + signatures + reviews + practices
            + claims + dispensings + preparing + tracing + printing
    }

    static let tag = Phrase("处方与发药", "Prescriptions and dispensing")
    /// Who may see a patient.
    static let clinicians: Set<Role> = [.prescriber, .pharmacist, .dispenser]

    static func codes(_ codes: DispensingRefusalCode...) -> [any RefusalCode] { codes }

    /// The document a page continues after.
    static func after<Kind>(_ page: Page) throws -> DocumentID<Kind>? {
        guard let keys = try page.afterKeys(1) else { return nil }
        guard let id = DocumentID<Kind>(text: keys[0]) else { throw Cursor.foreign }
        return id
    }

    // MARK: - Patients

    private static func registration(_ pepper: ResidentPepper) -> Endpoint {
        .command(
            "dispensing.register-patient", "/patients", tag: tag,
            summary: Phrase("登记患者", "Registers a patient; the resident number leaves only a digest and a mask"),
            roles: clinicians,
            refusals: codes(
                .patientDetailsInvalid, .residentNumberInvalid, .residentNumberMismatch, .patientRegisteredAlready,
                .documentIDTaken),
            creates: true, body: PatientBody.self, answer: Patient.self
        ) { call, transaction in
            try RegisterPatient(
                patient: call.body.patient ?? PatientID(call.requestID), name: call.body.name, sex: call.body.sex,
                birthOn: call.body.birthOn, phone: call.body.phone ?? "", residentNumber: call.body.residentNumber
            ).run(in: transaction, by: call.principal, at: call.now, pepper: pepper)
        }
    }

    private static let patients: [Endpoint] = [
        .reading(
            "dispensing.patients", "/patients", tag: tag, summary: Phrase("按卡号查找患者", "The patient with a card number, if any"),
            roles: clinicians, query: [.text("number", Phrase("患者卡号", "HZ-2026-000123"), isRequired: true)],
            answer: PageOf<Patient>.self
        ) { call, transaction in
            let found = try PatientStore(transaction).patient(number: call.query("number") ?? "", of: call.principal.consortium)
            return PageOf(items: found.map { [$0] } ?? [], next: nil)
        },
        .reading(
            "dispensing.patient", "/patients/{patientID:uuid}", tag: tag, summary: Phrase("患者", "A patient"), roles: clinicians,
            refusals: codes(.patientUnknown), answer: Patient.self
        ) { call, transaction in
            try PatientStore(transaction).patient(try call.id("patientID"), of: call.principal.consortium)
        },
        .reading(
            "dispensing.history", "/patients/{patientID:uuid}/prescriptions", tag: tag,
            summary: Phrase("患者的全部处方，新的在前", "A patient's prescriptions in the whole consortium, newest first"),
            roles: clinicians, query: .paging, refusals: codes(.patientUnknown), answer: PageOf<PrescriptionSummary>.self
        ) { call, transaction in
            let patient = try PatientStore(transaction).patient(try call.id("patientID"), of: call.principal.consortium)
            let page = try call.page()
            let found = try PrescriptionReadings(transaction, of: call.principal.consortium)
                .history(of: patient.id, after: try after(page), limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
    ]

    // MARK: - Prescriptions

    private static let prescriptions: [Endpoint] = [
        .reading(
            "dispensing.prescription", "/prescriptions/{prescriptionID:uuid}", tag: tag,
            summary: Phrase("处方", "A prescription with its lines and reviews"), roles: clinicians,
            refusals: codes(.prescriptionUnknown), answer: Prescription.self
        ) { call, transaction in
            try PrescriptionReadings(transaction, of: call.principal.consortium).prescription(try call.id("prescriptionID"))
        }
    ]

    static let ofContent: [any RefusalCode] =
        codes(
            .diagnosisMissing, .diagnosisCodeInvalid, .encounterInvalid, .herbalDirectionsMissing, .quantityDiffers,
            .validityOutOfRange, .linesInvalid, .productNotForThisKind, .tooManyProducts, .supplyTooLong,
            .reasonRequired, .longRecordsMissing, .ruleForbids) + [
            FormularyRefusalCode.noVersionInForce, FormularyRefusalCode.productUnknown,
            FormularyRefusalCode.productNotInFormulary,
            FormularyRefusalCode.levelNotPermitted,
        ]

    private static let writing: [Endpoint] = [
        .command(
            "dispensing.issue-prescription", "/prescriptions", tag: tag, summary: Phrase("开具处方", "Writes a prescription"),
            roles: [.prescriber],
            refusals: codes(.patientUnknown, .documentIDTaken) + ofContent + ofSignature + [IdentityRefusalCode.otherFacility],
            creates: true, body: PrescriptionBody.self, answer: Prescription.self
        ) { call, transaction in
            try IssuePrescription(
                prescription: call.body.prescription ?? PrescriptionID(call.requestID), patient: call.body.patient,
                kind: call.body.kind, content: call.body.content.content, signature: call.body.signature,
                patientIsWaiting: call.body.patientIsWaiting ?? false
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.amend-prescription", "/prescriptions/{prescriptionID:uuid}/amendment", tag: tag,
            summary: Phrase("发药前修改处方，重新审核", "Writes a prescription anew before anything was handed out; it is reviewed again"),
            roles: [.prescriber],
            refusals: codes(.prescriptionUnknown, .otherPrescriber, .wrongState, .heldByAnother, .claimedElsewhere) + ofContent
                + ofSignature + PrescriptionUploadsRoutes.ofHold,
            body: PrescriptionContentBody.self, answer: Prescription.self
        ) { call, transaction in
            // Amending locks the patient and then the prescription, so the insurer is looked at behind it.
            let amended = try AmendPrescription(
                prescription: try call.id("prescriptionID"), content: call.body.content, signature: call.body.signature
            ).run(in: transaction, by: call.principal, at: call.now)
            try HoldForInsurer(prescription: amended.id).run(in: transaction, for: call.principal.consortium)
            return amended
        },
        .command(
            "dispensing.cancel-prescription", "/prescriptions/{prescriptionID:uuid}/cancellation", tag: tag,
            summary: Phrase("作废处方", "Takes back a prescription that was not dispensed"), roles: [.prescriber],
            refusals: codes(.prescriptionUnknown, .otherPrescriber, .wrongState, .reasonRequired)
                + PrescriptionUploadsRoutes.ofHold,
            body: PrescriptionCancellationBody.self, answer: Prescription.self
        ) { call, transaction in
            let consortium = call.principal.consortium
            try HoldForInsurer(prescription: try call.id("prescriptionID")).run(in: transaction, for: consortium)
            let cancelled = try CancelPrescription(prescription: try call.id("prescriptionID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
            try EndOffer(prescription: cancelled.id).run(in: transaction, for: consortium, at: call.now)
            return cancelled
        },
    ]
}

import Dispensing
import Identity
import PlatformExchange
import Postgres
import PrescriptionUploads
import Primitives

/// A prescription's way to the insurer, as prescribers send it and people watch it.
public enum PrescriptionUploadsRoutes {
    private static let tag = Phrase("医保电子处方上传", "Prescription upload")
    private static let watchers: Set<Role> = [.prescriber, .pharmacist, .dispenser, .supervisor, .auditor]

    /// What a command gives that would change or hand out what the insurer has.
    static let ofHold: [any RefusalCode] = [
        PrescriptionUploadsRefusalCode.stillUploaded, PrescriptionUploadsRefusalCode.usedOutside,
    ]

    private static func codes(_ codes: PrescriptionUploadsRefusalCode...) -> [any RefusalCode] { codes }
    private static let ofPrescription: [any RefusalCode] = [
        DispensingRefusalCode.prescriptionUnknown, DispensingRefusalCode.otherPrescriber,
    ]

    public static let endpoints: [Endpoint] = [
        .reading(
            "prescription-uploads.upload", "/prescriptions/{prescriptionID:uuid}/upload", tag: tag,
            summary: Phrase("处方上传医保平台的状态、外部审方与使用情况", "How the insurer has a prescription, and what became of it outside"),
            roles: watchers, refusals: codes(.notOffered), answer: PrescriptionUpload.self
        ) { call, transaction in
            try UploadReadings(transaction, of: call.principal.consortium).upload(of: try call.id("prescriptionID"))
        },
        .reading(
            "prescription-uploads.open", "/prescription-uploads", tag: tag,
            summary: Phrase("未了结的处方上传，最久未变的在前", "Uploads that are not over, the longest unchanged first"), roles: watchers,
            answer: PageOf<PrescriptionUpload>.self
        ) { call, transaction in
            PageOf(items: try UploadReadings(transaction, of: call.principal.consortium).open(limit: 1_000), next: nil)
        },
        .command(
            "prescription-uploads.offer", "/prescriptions/{prescriptionID:uuid}/upload", tag: tag,
            summary: Phrase(
                "申请上传医保平台（附就诊凭证），审核通过后上传", "Offers a prescription with the patient's credential; it is uploaded when approved"),
            roles: [.prescriber],
            refusals: ofPrescription
                + codes(.institutionUnknown, .credentialIncomplete, .handedOutAlready, .offeredAlready, .usedOutside),
            body: UploadCredential.self, answer: PrescriptionUpload.self
        ) { call, transaction in
            try OfferPrescription(prescription: try call.id("prescriptionID"), credential: call.body)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "prescription-uploads.revoke", "/prescriptions/{prescriptionID:uuid}/upload/revocation", tag: tag,
            summary: Phrase("撤销上传：先在医保平台撤销，再在本地处理", "Takes a prescription back from the insurer, before it is changed here"),
            roles: [.prescriber],
            refusals: ofPrescription + codes(.notOffered, .revokedAlready, .usedOutside, .messageFailed, .reasonRequired),
            body: UploadRevocationBody.self, answer: PrescriptionUpload.self
        ) { call, transaction in
            try RevokeUpload(prescription: try call.id("prescriptionID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "prescription-uploads.declare-institution", "/insured-institutions", method: .put, tag: tag,
            summary: Phrase("登记机构的医保编码", "Declares what the insurer calls a facility"), roles: [.supervisor],
            refusals: [PlatformExchangeRefusalCode.accountUnknown] + codes(.institutionIncomplete), body: InsuredInstitution.self,
            answer: InsuredInstitution.self
        ) { call, transaction in
            try DeclareInstitution(call.body).run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
        .command(
            "prescription-uploads.declare-clinician", "/insured-clinicians", method: .put, tag: tag,
            summary: Phrase("登记医师、药师的医保编码", "Declares what the insurer calls a physician or pharmacist"), roles: [.supervisor],
            refusals: codes(.clinicianIncomplete), body: InsuredClinician.self, answer: ClinicianView.self
        ) { call, transaction in
            try DeclareClinician(call.body).run(in: transaction, by: call.principal, at: call.now)
            return ClinicianView(person: call.body.person, code: call.body.code)
        },
    ]
}

struct UploadRevocationBody: Codable, Sendable {
    let reason: String
}

/// A clinician without the certificate, which is not shown again.
struct ClinicianView: Codable, Sendable {
    let person: PersonID
    let code: String
}

import Dispensing
import FHIR
import PlatformMessages
import Postgres
import Primitives

/// An upload in the interface's words, from what is written down now.
struct UploadTelling {
    let upload: StoredUpload
    let store: UploadsStore

    /// - Throws: `PlatformUntellable` when it was cancelled or has expired here meanwhile.
    func requireApproved() throws {
        let found = try PrescriptionReadings(store.transaction, of: store.consortium).prescription(upload.prescription)
        guard found.state == .approved else {
            throw PlatformUntellable(reason: "the prescription is \(found.state.rawValue) here")
        }
    }

    /// The prescription with what the hall has given for it so far.
    ///
    /// - Throws: `PlatformUntellable` when a code is missing, or it is not what was announced any more.
    func prescription() throws -> PlatformPrescription {
        let found = try PrescriptionReadings(store.transaction, of: store.consortium).prescription(upload.prescription)
        guard found.version == upload.version else {
            throw PlatformUntellable(reason: "the prescription is not what was announced: version \(found.version)")
        }
        guard let review = found.reviews.last(where: { $0.version == found.version && $0.outcome == .approved }) else {
            throw PlatformUntellable(reason: "the prescription is not approved")
        }
        let institution = try institution(of: found)
        let physician = try clinician(found.prescriber, "the prescriber")
        let source = try source(found, institution, physician)
        let message = NationalPrescription(source)
        let reviewed = try reviewed(message.visit, review, institution)
        return PlatformPrescription(
            number: upload.number, institution: institution.code, root: PlatformNode(message.root),
            drugs: message.drugs.map { PlatformNode($0) }, visit: PlatformNode(message.visit),
            diagnoses: message.diagnoses.map { PlatformNode($0) }, reviewed: reviewed,
            file: PrescriptionFile(message: message, reviewed: reviewed).pdf, numbers: numbers, signature: signature)
    }

    func revocation() throws -> PlatformRevocation {
        guard let numbers, let person = upload.revokedBy, let moment = upload.revokedAt else {
            throw PlatformUntellable(reason: "the hall has given no number of it")
        }
        let physician = try clinician(person, "who revokes")
        let prescription = try PrescriptionReadings(store.transaction, of: store.consortium).prescription(upload.prescription)
        return PlatformRevocation(
            inquiry: try inquiry(numbers, of: prescription),
            details: PlatformNode([
                .init("drCode", physician.code), .init("undoDrName", try store.name(of: person)),
                .init("undoDrCertType", physician.certificateKind), .init("undoDrCertno", physician.certificate),
                .init("undoRea", upload.revocation), .init("undoTime", moment.nationalText),
            ]), isUploadCertain: upload.state == .uploaded)
    }

    /// How the hall is asked about it.
    func inquiry(_ numbers: PlatformPrescriptionNumbers, of found: Prescription) throws -> PlatformPrescriptionInquiry {
        let credential = try credential()
        let patient = try PatientStore(store.transaction).patient(found.patient, of: store.consortium)
        return PlatformPrescriptionInquiry(
            insurerNumber: numbers.insurer, institution: try institution(of: found).code,
            visit: found.content.encounter?.visitID ?? "", patientName: patient.name,
            credentialType: NationalCodes.standard.residentCard, credential: credential.residentNumber)
    }

    var numbers: PlatformPrescriptionNumbers? {
        guard let insurer = upload.insurerNumber, let trace = upload.traceCode else { return nil }
        return PlatformPrescriptionNumbers(insurer: insurer, trace: trace)
    }

    private var signature: PlatformPrescriptionSignature? {
        guard let original = upload.original, let file = upload.file, let digest = upload.signDigest else { return nil }
        return PlatformPrescriptionSignature(original: original, file: file, digest: digest)
    }

    private func source(
        _ found: Prescription, _ institution: InsuredInstitution, _ physician: InsuredClinician
    ) throws -> NationalSource {
        var source = try NationalReadings(store.transaction, of: store.consortium).source(found.id)
        source.number = upload.number
        source.credential = try credential().national
        source.sender.institutionCode = institution.code
        source.sender.institutionName = institution.name
        source.sender.divisionCode = institution.division
        source.sender.prescriberCode = physician.code
        source.sender.titleCode = physician.titleCode
        source.sender.titleName = physician.title
        return source
    }

    /// The fields of the signature but for the hall's numbers (R-RV: the named pharmacist has decided).
    private func reviewed(
        _ visit: NationalNode, _ review: PrescriptionReview, _ institution: InsuredInstitution
    ) throws -> PlatformNode {
        let pharmacist = try clinician(review.reviewer, "the pharmacist")
        let ofVisit = ["mdtrtId", "patnName", "psnCertType", "certno", "fixmedinsName", "fixmedinsCode", "drCode", "prscDrName"]
        return PlatformNode(
            ofVisit.map { .init($0, visit[$0] ?? "") } + [
                .init("pharDeptName", institution.pharmacyName), .init("pharDeptCode", institution.pharmacyCode),
                .init("pharProfttlCodg", pharmacist.titleCode), .init("pharProfttlName", pharmacist.title),
                .init("pharCode", pharmacist.code), .init("pharCertType", pharmacist.certificateKind),
                .init("pharCertno", pharmacist.certificate), .init("pharName", try store.name(of: review.reviewer)),
                .init("pharPracCertNo", pharmacist.practice), .init("pharChkTime", review.reviewedAt.nationalText),
            ])
    }

    private func credential() throws(PlatformUntellable) -> UploadCredential {
        guard let credential = upload.credential else {
            throw PlatformUntellable(reason: "how the patient has proved who they are is not kept any more")
        }
        return credential
    }

    private func institution(of found: Prescription) throws -> InsuredInstitution {
        guard let institution = try store.institution(found.facility) else {
            throw PlatformUntellable(reason: "facility \(found.facility) has no code at \(upload.platform)")
        }
        return institution
    }

    private func clinician(_ person: PersonID, _ what: String) throws -> InsuredClinician {
        guard let clinician = try store.clinician(person) else {
            throw PlatformUntellable(reason: "\(what), person \(person), has no code at the insurer")
        }
        return clinician
    }
}

extension PlatformNode {
    init(_ node: NationalNode) { self.init(node.fields.map { Field($0.name, $0.value) }) }
}

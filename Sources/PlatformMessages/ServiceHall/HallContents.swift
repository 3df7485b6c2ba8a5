import Foundation
import Primitives

// What facts and questions hold, by the interface's names.
extension ServiceHallDialect {
    func content(of fact: PlatformFact) throws(PlatformUntellable) -> HallContent {
        switch fact {
        case .checkPrescription(let prescription):
            return HallContent(
                node: prescription.root,
                inner: [
                    "rxdrugdetail": prescription.drugs, "mdtrtinfo": [prescription.visit], "diseinfo": prescription.diagnoses,
                ])
        case .signPrescription(let prescription):
            let original = try original(of: prescription)
            return HallContent(
                node: PlatformNode([
                    .init("fixmedinsCode", prescription.institution),
                    .init("originalValue", Data(original.utf8).base64EncodedString()),
                    .init("originalRxFile", Data(prescription.file).base64EncodedString()),
                ]))
        case .uploadPrescription(let prescription):
            guard let signature = prescription.signature else {
                throw PlatformUntellable(field: "signDigest", reason: "the prescription is not signed")
            }
            return HallContent(
                node: PlatformNode(
                    try signed(signature.original) + [
                        .init("rxFile", signature.file), .init("signDigest", signature.digest),
                    ]))
        case .revokePrescription(let revocation):
            return HallContent(
                node: PlatformNode(
                    [
                        .init("hiRxno", revocation.inquiry.insurerNumber), .init("fixmedinsCode", revocation.inquiry.institution),
                    ] + revocation.details.fields))
        default: throw PlatformUntellable(reason: "the platform takes prescriptions only")
        }
    }

    /// What is signed: the twenty fields as JSON in the order of their names; those without a value stand in it as empty texts, as the
    /// known client writes them (OH).
    private func original(of prescription: PlatformPrescription) throws(PlatformUntellable) -> String {
        guard let numbers = prescription.numbers else {
            throw PlatformUntellable(field: "hiRxno", reason: "the prescription was not looked at")
        }
        let node = PlatformNode(
            [.init("rxTraceCode", numbers.trace), .init("hiRxno", numbers.insurer)] + prescription.reviewed.fields)
        guard let fields = map.facts[.uploadPrescription]?.fields else {
            throw PlatformUntellable(reason: "the catalogue does not say what is signed")
        }
        let signed = fields.filter { $0.name != "rxFile" && $0.name != "signDigest" }
        let known = HallMessage(
            operation: "", path: "", number: "", fields: signed, recovery: .none(""), absenceMeansNotDone: false)
        let json = try known.json(of: HallContent(node: node))
        return JSONValue.object(signed.map { .init($0.name, json[$0.name] ?? .string("")) }).text(canonical: true)
    }

    private func signed(_ original: String) throws(PlatformUntellable) -> [PlatformNode.Field] {
        guard let bytes = Data(base64Encoded: original), let object = try? JSONValue(parsing: Array(bytes)) else {
            throw PlatformUntellable(field: "originalValue", reason: "what was signed cannot be read")
        }
        return object.members.map { .init($0.name, $0.value.string ?? "") }
    }

    func content(of question: PlatformQuestion, page: Int64) throws(PlatformUntellable) -> HallContent {
        switch question {
        case .prescriptionState(let inquiry), .prescriptionReview(let inquiry), .prescriptionUse(let inquiry):
            return HallContent(
                node: PlatformNode([
                    .init("hiRxno", inquiry.insurerNumber), .init("fixmedinsCode", inquiry.institution),
                    .init("mdtrtId", inquiry.visit), .init("psnName", inquiry.patientName),
                    .init("psnCertType", inquiry.credentialType), .init("certno", inquiry.credential),
                ]))
        case .circulatingDrugs(let institution):
            return HallContent(
                node: PlatformNode([
                    .init("fixmedinsCode", institution), .init("pageNum", String(page)),
                    .init("pageSize", String(description.limits.pageRows)),
                ]))
        default: throw PlatformUntellable(reason: "the platform is asked about prescriptions only")
        }
    }
}

import Dispensing
import Foundation
import Identity
import Postgres
import Primitives

/// A public key. The caller may choose its id.
struct SigningKeyBody: Codable, Sendable {
    let key: SigningKeyID
    let algorithm: SignatureAlgorithm
    /// Base64.
    let publicKey: String
    /// The last day on which it signs; a year from today unless told.
    let validThrough: CalendarDate?
    /// A signature by the private part, in Base64, over the JSON that docs/api.md describes.
    let proof: String
}

struct KeyRevocationBody: Codable, Sendable {
    let revocation: KeyRevocation
}

/// What is about to be signed: a new prescription, or the next version of one.
struct CanonicalBody: Codable, Sendable {
    /// Of a new prescription the id it will have.
    let prescription: PrescriptionID
    /// Of a new prescription; of a known one they stay.
    let patient: PatientID?
    let kind: PrescriptionKind?
    /// Left out where the prescriber stands by what was sent back.
    let content: PrescriptionContentBody?
    let override: PrescriptionOverride?
}

/// What a prescriber signs.
struct CanonicalView: Codable, Sendable {
    let form: String
    /// To be sent back with the signature.
    let signedAt: Instant
    /// The bytes that are signed, in Base64.
    let bytes: String
    /// The same as text.
    let text: String
    /// The signature that there is; absent before it is signed.
    let signature: PrescriptionSignature?
    /// The key of that signature.
    let key: SigningKey?

    init(_ canonical: CanonicalPrescription, signature: PrescriptionSignature? = nil, key: SigningKey? = nil) {
        form = CanonicalPrescription.form
        signedAt = canonical.signedAt
        let message = canonical.bytes
        bytes = Data(message).base64EncodedString()
        text = String(decoding: message, as: UTF8.self)
        self.signature = signature
        self.key = key
    }
}

extension DispensingRoutes {
    /// The refusals of a signature.
    static let ofSignature: [any RefusalCode] = codes(
        .signatureMissing, .signatureInvalid, .signatureOutdated, .keyUnknown, .keyRevoked)

    /// Keys, and what they sign.
    static let signatures: [Endpoint] = [
        .command(
            "dispensing.register-signing-key", "/signing-keys", tag: tag,
            summary: Phrase("登记签名公钥，须证明持有私钥", "Registers a public key, proving that the private part is there"),
            roles: [.prescriber], refusals: codes(.keyInvalid, .keyProofInvalid, .documentIDTaken), creates: true,
            body: SigningKeyBody.self, answer: SigningKey.self
        ) { call, transaction in
            try RegisterSigningKey(
                key: call.body.key, algorithm: call.body.algorithm, publicKey: call.body.publicKey,
                validThrough: call.body.validThrough, proof: call.body.proof
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.revoke-signing-key", "/signing-keys/{keyID:uuid}/revocation", tag: tag,
            summary: Phrase("吊销签名密钥", "Ends a signing key"), roles: [.prescriber, .supervisor],
            refusals: codes(.keyUnknown, .keyRevoked), body: KeyRevocationBody.self, answer: SigningKey.self
        ) { call, transaction in
            try RevokeSigningKey(key: try call.id("keyID"), revocation: call.body.revocation)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "dispensing.signing-keys", "/signing-keys", tag: tag,
            summary: Phrase("一个人的签名密钥，新的在前", "A person's signing keys, newest first; the caller's own unless told"),
            roles: clinicians.union([.supervisor, .auditor]),
            query: [.integer("person", Phrase("人员", "Whose, by number"))], answer: PageOf<SigningKey>.self
        ) { call, transaction in
            let person = call.query("person").flatMap(Int64.init).map(PersonID.init) ?? call.principal.person
            return PageOf(
                items: try SigningKeyStore(transaction, call.principal.consortium).keys(of: person), next: nil)
        },
        .command(
            "dispensing.prepare-signature", "/prescriptions/canonical", tag: tag,
            summary: Phrase("待签名内容（不保存）", "What a prescriber is about to sign; nothing is recorded"), roles: [.prescriber],
            refusals: codes(.prescriptionUnknown, .otherPrescriber, .linesInvalid) + [IdentityRefusalCode.otherFacility],
            body: CanonicalBody.self, answer: CanonicalView.self
        ) { call, transaction in
            CanonicalView(try canonical(call.body, call.principal, transaction, at: call.now))
        },
        .reading(
            "dispensing.canonical", "/prescriptions/{prescriptionID:uuid}/canonical", tag: tag,
            summary: Phrase("已签名内容、签名与公钥", "What was signed, its signature and the key, for anyone to verify"),
            roles: clinicians.union([.supervisor, .auditor]), refusals: codes(.prescriptionUnknown), answer: CanonicalView.self
        ) { call, transaction in
            let consortium = call.principal.consortium
            let stored = try PrescriptionReadings(transaction, of: consortium).prescription(try call.id("prescriptionID"))
            let key = try stored.signature.flatMap { try SigningKeyStore(transaction, consortium).key($0.key) }
            return CanonicalView(
                CanonicalPrescription(
                    stored, of: consortium, signedAt: stored.signature?.signedAt ?? stored.writtenAt),
                signature: stored.signature, key: key)
        },
    ]

    private static func canonical(
        _ body: CanonicalBody, _ principal: Principal, _ transaction: Transaction, at now: Instant
    ) throws -> CanonicalPrescription {
        if let override = body.override {
            return try OverridePrescription(prescription: body.prescription, reason: override.reason, findings: override.findings)
                .canonical(in: transaction, by: principal, at: now)
        }
        guard let content = body.content?.content else {
            throw DispensingRefusal(.linesInvalid, "either content or override is signed", field: "content")
        }
        guard let patient = body.patient, let kind = body.kind else {
            return try AmendPrescription(prescription: body.prescription, content: content)
                .canonical(in: transaction, by: principal, at: now)
        }
        return try IssuePrescription(prescription: body.prescription, patient: patient, kind: kind, content: content)
            .canonical(by: principal, at: now)
    }
}

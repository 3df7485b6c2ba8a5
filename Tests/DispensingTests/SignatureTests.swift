import Crypto
import Dispensing
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Signatures of prescriptions")
struct SignatureTests {
    private static let required = ConsortiumPractice(requiresQualifiedReviewers: false)

    /// Issues with whatever signature is given.
    private func issue(
        _ clinic: Clinic, _ change: (inout IssuePrescription, CanonicalPrescription) throws -> Void, at now: Instant = .ofTests,
        by person: Principal? = nil
    ) async throws -> PrescriptionID {
        let person = person ?? clinic.prescriber
        var issue = IssuePrescription(
            prescription: PrescriptionID(UUID()), patient: clinic.patient, kind: .ordinary,
            content: clinic.content([try clinic.line()]))
        try change(&issue, issue.canonical(by: person, at: now))
        let signed = issue
        return try await clinic.write { try signed.run(in: $0, by: person, at: now).id }
    }

    @Test("where they are required, nothing is written, reviewed or handed out without one")
    func required() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 1_000)
            let before = try await issue(clinic, { _, _ in })
            try await clinic.declare(Self.required, at: .ofTests.adding(.seconds(1)))
            let now = Instant.ofTests.adding(.seconds(2))
            await expectRefusal("dispensing.signature-missing") { try await issue(clinic, { _, _ in }, at: now) }
            let signed = try await clinic.issue(clinic.content([try clinic.line()]), at: now)
            try await clinic.review(signed, at: now)
            try await clinic.dispense(signed, at: now)
            // What was written before they were required goes on without.
            try await clinic.review(before, at: now)
            try await clinic.dispense(before, at: now)
            let stored = try await clinic.read { try $0.prescription(signed) }
            #expect(stored.signature?.key == (try Clinic.signer(of: clinic.prescriber)).key)
        }
    }

    @Test("a signature must be the prescriber's, of today, over exactly this content")
    func refusals() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let signer = try Clinic.signer(of: clinic.prescriber)
            await expectRefusal("dispensing.key-unknown") {
                try await issue(clinic, { $0.signature = try Clinic.signer(of: clinic.otherPrescriber).signature(of: $1) })
            }
            let unknown = try #require(SoftwareSigner(key: SigningKeyID(UUID()), seed: Array(repeating: 1, count: 32)))
            await expectRefusal("dispensing.key-unknown") { try await issue(clinic, { $0.signature = try unknown.signature(of: $1) }) }
            let forged = try #require(SoftwareSigner(key: signer.key, seed: Array(repeating: 1, count: 32)))
            await expectRefusal("dispensing.signature-invalid") {
                try await issue(clinic, { $0.signature = try forged.signature(of: $1) })
            }
            await expectRefusal("dispensing.signature-invalid") {
                try await issue(clinic, { $0.signature = PrescriptionSignature(key: signer.key, signedAt: $1.signedAt, signature: "?") })
            }
            let changes: [@Sendable (inout CanonicalPrescription) -> Void] = [
                { $0.prescription = PrescriptionID(UUID()) }, { $0.version = 2 }, { $0.patient = PatientID(UUID()) },
                { $0.facility = FacilityID(9) }, { $0.kind = .emergency }, { $0.validThrough = $0.validThrough.adding(days: 1) },
                { $0.content = PrescriptionContent(diagnosis: "其他", lines: $0.content.lines) },
                { $0.prescriber = PersonID(1) }, { $0.consortium = ConsortiumID(9) },
                { $0.override = PrescriptionOverride(reason: "知情", findings: []) },
            ]
            for change in changes {
                await expectRefusal("dispensing.signature-invalid") {
                    try await issue(
                        clinic,
                        { issue, canonical in
                            var other = canonical
                            change(&other)
                            issue.signature = try signer.signature(of: other)
                        })
                }
            }
            for (seconds, isFresh) in [(600, true), (601, false), (-60, true), (-61, false)] as [(Int, Bool)] {
                let arrival = Instant.ofTests.adding(.seconds(seconds))
                let signature = { @Sendable (issue: inout IssuePrescription, _: CanonicalPrescription) in
                    issue.signature = try signer.signature(of: issue.canonical(by: clinic.prescriber, at: .ofTests))
                }
                if isFresh {
                    _ = try await issue(clinic, signature, at: arrival)
                } else {
                    await expectRefusal("dispensing.signature-outdated") { try await issue(clinic, signature, at: arrival) }
                }
            }
            // 23:59:50 in Shanghai is another day than ten seconds later.
            let midnight = Instant(microseconds: Instant.ofTests.microseconds + 16 * 3_600_000_000)
            await expectRefusal("dispensing.signature-outdated") {
                try await issue(
                    clinic,
                    { issue, _ in
                        issue.signature = try signer.signature(
                            of: issue.canonical(by: clinic.prescriber, at: midnight.adding(.seconds(-10))))
                    }, at: midnight)
            }
        }
    }

    /// What someone with the database's password could change of a signed prescription.
    static let tamperings: [SQL] = [
        "UPDATE dispensing.prescription_line SET quantity = quantity + 1",
        "UPDATE dispensing.prescription_line SET dose = dose + 1",
        "UPDATE dispensing.prescription_line SET days = days + 1",
        "UPDATE dispensing.prescription_line SET frequency = 'qid'",
        "UPDATE dispensing.prescription_line SET dose_text = '3粒'",
        "UPDATE dispensing.prescription_line SET route = 'iv'",
        "UPDATE dispensing.prescription_line SET note = '空腹'",
        "UPDATE dispensing.prescription_line SET insurance = '{\"isUrgent\": true}'",
        "UPDATE dispensing.prescription_line SET product_id = (SELECT max(product_id) FROM formulary.product)",
        "UPDATE dispensing.prescription_version SET diagnosis = '其他'",
        "UPDATE dispensing.prescription_version SET diagnosis_code = 'I10'",
        "UPDATE dispensing.prescription_version SET reason = '慢性病'",
        "UPDATE dispensing.prescription_version SET purpose = 'severe-pain'",
        "UPDATE dispensing.prescription_version SET long_records = ARRAY['chart-entry']",
        "UPDATE dispensing.prescription_version SET valid_through = valid_through + 1",
        "UPDATE dispensing.prescription_version SET written_on = written_on - 1",
        "UPDATE dispensing.prescription_version SET department_name = '外科'",
        "UPDATE dispensing.prescription_version SET other_diagnoses = '[{\"code\": \"\", \"name\": \"x\"}]'",
        "UPDATE dispensing.prescription_version SET encounter = '{\"pregnancyWeeks\": 8}'",
        "UPDATE dispensing.prescription_version SET override_reason = '知情', override_findings = ARRAY['x']",
        "UPDATE dispensing.prescription SET kind = 'emergency'",
        "UPDATE dispensing.prescription SET facility_id = (SELECT max(facility_id) FROM parties.facility)",
        "UPDATE dispensing.prescription_signature SET signed_at = signed_at + interval '1 microsecond'",
        "UPDATE dispensing.prescription_signature SET signature = '\\x00'",
    ]

    @Test("any change of what is stored breaks it, at review and at dispensing", arguments: tamperings.indices)
    func tampering(number: Int) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.declare(Self.required)
            try await clinic.stock(0, 1_000)
            let waiting = try await clinic.issue()
            let approved = try await clinic.issueApproved()
            let original = try await database.owner.write { transaction in
                let lines: Int = try transaction.first("SELECT count(*) AS n FROM dispensing.prescription_line") { try $0["n"] } ?? 0
                #expect(try transaction.execute(Self.tamperings[number]) >= lines)
                return lines
            }
            #expect(original == 2)
            await expectRefusal("dispensing.signature-invalid") { try await clinic.review(waiting) }
            await expectRefusal("dispensing.signature-invalid") { try await clinic.dispense(approved) }
            // It may still be sent back, which hands nothing out.
            try await clinic.review(waiting, .sendBack(reason: "签名不符", problem: .legality))
        }
    }

    @Test("a signature that was taken away is missed, and another patient's prescription breaks it")
    func takenAway() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.declare(Self.required)
            let other = PatientID(UUID())
            try await clinic.register(other, name: "李四")
            let waiting = try await clinic.issue()
            let moved = try await clinic.issueApproved()
            try await database.owner.write { transaction in
                try transaction.execute("DELETE FROM dispensing.prescription_signature WHERE prescription_id = \(waiting)")
                try transaction.execute(
                    "UPDATE dispensing.prescription SET patient_id = \(other) WHERE prescription_id = \(moved)")
            }
            await expectRefusal("dispensing.signature-missing") { try await clinic.review(waiting) }
            await expectRefusal("dispensing.signature-invalid") { try await clinic.dispense(moved) }
        }
    }

    @Test("a key is registered by who has its private part, once, and revoked for a reason that tells what stands")
    func keys() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let signer = try #require(SoftwareSigner(key: SigningKeyID(UUID()), seed: Array(repeating: 9, count: 32)))
            func register(by person: Principal, _ change: (inout RegisterSigningKey) -> Void = { _ in }) async throws -> SigningKey {
                var registration = try signer.registration(of: clinic.prescriber.person, in: clinic.consortium.id)
                change(&registration)
                let changed = registration
                return try await clinic.write { try changed.run(in: $0, by: person, at: .ofTests) }
            }
            await expectRefusal("identity.role-missing") { try await register(by: clinic.pharmacist) }
            await expectRefusal("dispensing.key-proof-invalid") { try await register(by: clinic.otherPrescriber) }
            await expectRefusal("dispensing.key-proof-invalid") { try await register(by: clinic.prescriber) { $0.key = SigningKeyID(UUID()) } }
            await expectRefusal("dispensing.key-invalid") { try await register(by: clinic.prescriber) { $0.publicKey = "AAAA" } }
            await expectRefusal("dispensing.key-invalid") {
                try await register(by: clinic.prescriber) { $0.validThrough = Clinic.today.adding(days: -1) }
            }
            await expectRefusal("dispensing.key-invalid") {
                try await register(by: clinic.prescriber) { $0.validThrough = Clinic.today.adding(days: 3 * 366 + 1) }
            }
            let key = try await register(by: clinic.prescriber)
            #expect(key.validThrough == Clinic.today.adding(days: 365))
            await expectRefusal("dispensing.document-id-taken") { try await register(by: clinic.prescriber) }
            let again = try #require(SoftwareSigner(key: SigningKeyID(UUID()), seed: Array(repeating: 9, count: 32)))
            let registration = try again.registration(of: clinic.prescriber.person, in: clinic.consortium.id)
            await expectRefusal("dispensing.key-invalid") {
                try await clinic.write { _ = try registration.run(in: $0, by: clinic.prescriber, at: .ofTests) }
            }
        }
    }

    @Test(
        "a replaced key's signatures stand, a compromised one's do not, and neither signs anew",
        arguments: [(KeyRevocation.replaced, true), (.left, true), (.compromised, false)])
    func revocation(revocation: KeyRevocation, stands: Bool) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 1_000)
            let waiting = try await clinic.issue()
            let approved = try await clinic.issueApproved()
            let key = try Clinic.signer(of: clinic.prescriber).key
            let later = Instant.ofTests.adding(.seconds(1))
            func revoke(by person: Principal) async throws {
                try await clinic.write { _ = try RevokeSigningKey(key: key, revocation: revocation).run(in: $0, by: person, at: later) }
            }
            await expectRefusal("dispensing.key-unknown") { try await revoke(by: clinic.otherPrescriber) }
            try await revoke(by: clinic.consortium.officer)
            await expectRefusal("dispensing.key-revoked") { try await revoke(by: clinic.prescriber) }
            await expectRefusal("dispensing.key-revoked") { try await clinic.issue(at: later) }
            if stands {
                try await clinic.review(waiting, at: later)
                try await clinic.dispense(approved, at: later)
            } else {
                await expectRefusal("dispensing.key-revoked") { try await clinic.review(waiting, at: later) }
                await expectRefusal("dispensing.key-revoked") { try await clinic.dispense(approved, at: later) }
            }
        }
    }

    @Test("a key signs through its last day")
    func lastDay() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            _ = try await clinic.issue(at: .ofTests.later(days: 365))
            await expectRefusal("dispensing.key-revoked") { try await clinic.issue(at: .ofTests.later(days: 366)) }
        }
    }

    @Test("P-256 signs in raw and in DER form")
    func p256() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let secret = P256.Signing.PrivateKey()
            let (key, publicKey) = (SigningKeyID(UUID()), secret.publicKey.x963Representation.base64EncodedString())
            let proven = SigningKey.proofBytes(
                key, algorithm: .p256, publicKey: publicKey, person: clinic.prescriber.person, consortium: clinic.consortium.id)
            let proof = try secret.signature(for: Data(proven)).derRepresentation.base64EncodedString()
            try await clinic.write {
                _ = try RegisterSigningKey(key: key, algorithm: .p256, publicKey: publicKey, proof: proof)
                    .run(in: $0, by: clinic.prescriber, at: .ofTests)
            }
            for isRaw in [true, false] {
                let id = try await issue(
                    clinic,
                    { issue, canonical in
                        let made = try secret.signature(for: Data(canonical.bytes))
                        let bytes = isRaw ? made.rawRepresentation : made.derRepresentation
                        issue.signature = PrescriptionSignature(
                            key: key, signedAt: canonical.signedAt, signature: bytes.base64EncodedString())
                    })
                try await clinic.review(id)
            }
        }
    }
}

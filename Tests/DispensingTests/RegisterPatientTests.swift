import Dispensing
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Registering a patient")
struct RegisterPatientTests {
    static let resident = "110101199003070134"

    private func register(
        _ clinic: Clinic, _ id: PatientID = PatientID(UUID()), name: String = "李四", sex: Sex = .male,
        birthOn: String = "1990-03-07",
        phone: String = "13800005678", residentNumber: String? = resident, by person: Principal? = nil
    ) async throws -> Patient {
        let pepper = try #require(Clinic.pepper)
        let person = person ?? clinic.prescriber
        return try await clinic.write { transaction in
            try RegisterPatient(
                patient: id, name: name, sex: sex, birthOn: try #require(CalendarDate(birthOn)), phone: phone,
                residentNumber: residentNumber
            ).run(in: transaction, by: person, at: .ofTests, pepper: pepper)
        }
    }

    @Test("keeps a digest and masks, and no resident or phone number anywhere")
    func leavesNoTrace() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let patient = try await register(clinic)
            #expect(patient.number == "HZ-2026-000002")
            #expect(patient.phone == "138****5678")
            #expect(patient.residentMasked == "110**************4")
            let kept = try await database.owner.read { transaction in
                try transaction.query(
                    """
                    SELECT patient::text AS words FROM dispensing.patient
                    UNION ALL SELECT event::text FROM audit.event
                    """
                ) { try $0["words"] as String }
            }
            #expect(kept.count >= 4)
            let hex = Self.resident.utf8.map { String($0, radix: 16) }.joined()
            for words in kept {
                #expect(!words.contains("03070134") && !words.contains("13800005678") && !words.contains(hex))
            }
            #expect(kept.filter { $0.contains("李四") }.count == 1, "the name stands in the patient's row and in no audit event")
        }
    }

    @Test("finds who is registered by resident number, in either case, and registers nobody twice")
    func once() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let known = try await register(
                clinic, sex: .female, birthOn: "1949-12-31", residentNumber: "11010519491231002X", by: clinic.pharmacist)
            await expectRefusal("dispensing.patient-registered-already") {
                _ = try await register(clinic, sex: .female, birthOn: "1949-12-31", residentNumber: "11010519491231002x")
            }
            let pepper = try #require(Clinic.pepper)
            let number = try #require(ResidentNumber("11010519491231002x", on: Clinic.today))
            let id = clinic.consortium.id
            let found = try await database.application.read(as: id.tenant) {
                try PatientStore($0).patient(residentDigest: pepper.digest(of: number), of: id)
            }
            #expect(found == known)
        }
    }

    @Test("at the same moment from many desks leaves one registration")
    func race() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let codes = await withTaskGroup(of: String.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            return try await register(clinic).number
                        } catch let refusal as DispensingRefusal {
                            return refusal.code.rawValue
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0.hasPrefix("HZ-") }.count == 1)
            #expect(codes.filter { $0 == "dispensing.patient-registered-already" }.count == 7, "\(codes)")
        }
    }

    @Test("refuses details that are missing or disagree with the resident number")
    func refusals() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            await expectRefusal("dispensing.patient-details-invalid") { _ = try await register(clinic, name: "  ") }
            await expectRefusal("dispensing.patient-details-invalid") {
                _ = try await register(clinic, birthOn: "2026-11-22", residentNumber: nil)
            }
            await expectRefusal("dispensing.patient-details-invalid") { _ = try await register(clinic, phone: "138-0000-5678") }
            await expectRefusal("dispensing.resident-number-invalid") {
                _ = try await register(clinic, residentNumber: "110101199003070135")
            }
            await expectRefusal("dispensing.resident-number-mismatch") { _ = try await register(clinic, sex: .female) }
            await expectRefusal("dispensing.resident-number-mismatch") { _ = try await register(clinic, birthOn: "1990-03-08") }
            await expectRefusal("dispensing.document-id-taken") { _ = try await register(clinic, clinic.patient) }
            await expectRefusal("identity.role-missing") { _ = try await register(clinic, by: clinic.consortium.seller) }
        }
    }

    @Test("keeps consortia apart: one neither sees nor blocks the patients of another")
    func tenants() async throws {
        try await withTestDatabase { database in
            let first = try await Clinic.make(in: database)
            let second = try await Clinic.make(in: database, code: "other")
            _ = try await register(first)
            _ = try await register(second)
            await expectRefusal("dispensing.patient-unknown") {
                _ = try await second.write { transaction in
                    try PatientStore(transaction).patient(first.patient, of: second.consortium.id)
                }
            }
            let seen = try await database.application.read(as: second.consortium.id.tenant) { transaction in
                try transaction.query("SELECT consortium_id FROM dispensing.patient") { try $0["consortium_id"] as ConsortiumID }
            }
            #expect(Set(seen) == [second.consortium.id])
        }
    }
}

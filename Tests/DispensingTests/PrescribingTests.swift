import Audit
import Dispensing
import Foundation
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Writing and reviewing prescriptions")
struct PrescribingTests {
    @Test("a prescription is written, reviewed by another, and its trail names no patient")
    func issuedAndApproved() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issueApproved([
                try clinic.line(), try clinic.line(1, quantity: 7, dose: 1, frequency: "qd"),
            ])
            let written = try await clinic.read { try $0.prescription(id) }
            #expect(written.number == "CF-2026-000001")
            #expect(written.state == .approved)
            #expect(written.approver == clinic.pharmacist.person)
            #expect(written.content.lines.map(\.product) == Array(clinic.products.prefix(2)))
            #expect(written.writtenOn == Clinic.today && written.validThrough == Clinic.today)
            let consortium = clinic.consortium.id
            let trail = try await clinic.write { try AuditTrail($0).events(of: "prescription \(id)", in: consortium) }
            #expect(trail.map(\.action) == ["dispensing.issue-prescription", "dispensing.review-prescription"])
            let details = try await database.owner.read { transaction in
                try transaction.query("SELECT event::text AS words FROM audit.event") { try $0["words"] as String }
            }
            #expect(!details.contains { $0.contains("张三") || $0.contains("肺炎") })
        }
    }

    @Test("a prescription that is sent back comes again as its next version, and both are kept")
    func amended() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issue()
            try await clinic.review(id, .sendBack(reason: "剂量偏大"))
            let next = clinic.content([try clinic.line(quantity: 21, dose: 1)], validityDays: 2)
            let amend = AmendPrescription(prescription: id, content: next)
            await expectRefusal("dispensing.other-prescriber") {
                try await clinic.write { _ = try amend.run(in: $0, by: clinic.otherPrescriber, at: .ofTests) }
            }
            let amended = try await clinic.write { try amend.run(in: $0, by: clinic.prescriber, at: .ofTests.later(days: 1)) }
            #expect(amended.version == 2 && amended.state == .issued && amended.content == next)
            #expect(amended.validThrough == Clinic.today.adding(days: 2))
            #expect(amended.reviews.map(\.outcome) == [.returned])
            #expect(amended.approver == nil)
            try await clinic.review(id, at: .ofTests.later(days: 1))
            let versions = try await database.owner.read { transaction in
                try transaction.query("SELECT count(*) AS n FROM dispensing.prescription_line") { try $0["n"] as Int }
            }
            #expect(versions == [2])
            // Nothing was handed out: the prescriber may still change it, and it is reviewed once more.
            let third = try await clinic.amend(id, clinic.content([try clinic.line()]), at: .ofTests.later(days: 1))
            #expect(third.version == 3 && third.state == .issued && third.approver == nil)
            try await clinic.review(id, at: .ofTests.later(days: 1))
            try await clinic.stock(0, 100)
            try await clinic.dispense(id, at: .ofTests.later(days: 1))
            await expectRefusal("dispensing.wrong-state") {
                try await clinic.write { _ = try amend.run(in: $0, by: clinic.prescriber, at: .ofTests.later(days: 1)) }
            }
        }
    }

    @Test("review is for pharmacists, never of one's own, with a reason to send back, while it is valid")
    func reviewRefusals() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issue()
            await expectRefusal("identity.role-missing") { try await clinic.review(id, by: clinic.otherPrescriber) }
            await expectRefusal("dispensing.reason-required") { try await clinic.review(id, .sendBack(reason: " ")) }
            await expectRefusal("dispensing.validity-passed") { try await clinic.review(id, at: .ofTests.later(days: 1)) }
            await expectRefusal("dispensing.prescription-unknown") { try await clinic.review(PrescriptionID(UUID())) }
            let officer = clinic.consortium.officer
            let own = PrescriptionID(UUID())
            let content = clinic.content([try clinic.line()])
            try await clinic.write { transaction in
                _ = try IssuePrescription(prescription: own, patient: clinic.patient, kind: .ordinary, content: content)
                    .run(in: transaction, by: officer, at: .ofTests)
            }
            await expectRefusal("dispensing.own-review") { try await clinic.review(own, by: officer) }
            try await clinic.review(id)
            await expectRefusal("dispensing.wrong-state") { try await clinic.review(id, by: clinic.otherPharmacist) }
        }
    }

    @Test("two pharmacists who decide at once make one decision")
    func reviewRace() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issue()
            let decisions = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        let decision: ReviewPrescription.Decision =
                            number.isMultiple(of: 2) ? .approve : .sendBack(reason: "核对剂量")
                        let reviewer = number < 3 ? clinic.pharmacist : clinic.otherPharmacist
                        return (try? await clinic.review(id, decision, by: reviewer)) != nil
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(decisions.filter { $0 }.count == 1)
            #expect(try await clinic.read { try $0.prescription(id).reviews.count } == 1)
        }
    }

    @Test("what is not dispensed may be cancelled by its prescriber, with a reason, once")
    func cancelled() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issueApproved()
            func cancel(_ reason: String, by person: Principal) async throws {
                try await clinic.write {
                    _ = try CancelPrescription(prescription: id, reason: reason).run(in: $0, by: person, at: .ofTests)
                }
            }
            await expectRefusal("dispensing.reason-required") { try await cancel("", by: clinic.prescriber) }
            await expectRefusal("dispensing.other-prescriber") { try await cancel("误开", by: clinic.otherPrescriber) }
            try await cancel("误开", by: clinic.prescriber)
            await expectRefusal("dispensing.wrong-state") { try await cancel("误开", by: clinic.prescriber) }
            try await clinic.stock(0, 100)
            await expectRefusal("dispensing.wrong-state") { try await clinic.dispense(id) }
        }
    }

    @Test("what was not dispensed in time expires, and nothing else does")
    func expired() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 1_000)
            let short = try await clinic.issue()
            let long = try await clinic.issueApproved(validityDays: 3)
            let dispensed = try await clinic.issueApproved()
            try await clinic.dispense(dispensed)
            let consortium = clinic.consortium.id
            func sweep(_ days: Int) async throws -> [PrescriptionID] {
                try await clinic.write { try ExpirePrescriptions().run(in: $0, of: consortium, at: .ofTests.later(days: days)) }
            }
            #expect(try await sweep(0) == [])
            #expect(try await sweep(1) == [short])
            #expect(try await sweep(2) == [])
            #expect(try await sweep(3) == [long])
            #expect(try await clinic.read { try $0.prescription(long).state } == .expired)
            #expect(try await clinic.read { try $0.prescription(dispensed).state } == .dispensed)
        }
    }

    @Test("what the formulary does not permit at the level, or for as many days, is not prescribed")
    func formulary() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database, levels: [.township])
            await expectRefusal("formulary.level-not-permitted") { try await clinic.issue() }
        }
    }

    @Test("only a prescriber writes, for a known patient, under a new id")
    func issueRefusals() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let content = clinic.content([try clinic.line()])
            let id = try await clinic.issue()
            func issue(_ id: PrescriptionID, patient: PatientID, by person: Principal) async throws {
                try await clinic.write {
                    _ = try IssuePrescription(prescription: id, patient: patient, kind: .ordinary, content: content)
                        .run(in: $0, by: person, at: .ofTests)
                }
            }
            let new = PrescriptionID(UUID())
            await expectRefusal("identity.role-missing") { try await issue(new, patient: clinic.patient, by: clinic.pharmacist) }
            await expectRefusal("dispensing.patient-unknown") {
                try await issue(new, patient: PatientID(UUID()), by: clinic.prescriber)
            }
            await expectRefusal("dispensing.document-id-taken") {
                try await issue(id, patient: clinic.patient, by: clinic.prescriber)
            }
        }
    }

    @Test("two long prescriptions of one patient written at once do not pass the limit by")
    func longRace() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let line = try clinic.line(1, quantity: 28, dose: 1, frequency: "qd", days: 28)
            let written = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        (try? await clinic.issue([line], kind: .long, records: LongPrescriptionTests.eligible)) != nil
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(written.filter { $0 }.count == 1)
        }
    }
}

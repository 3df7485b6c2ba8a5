import Dispensing
import Foundation
import MedicationRules
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("What rules find, and what a prescriber stands by")
struct FindingsTests {
    /// Amoxicillin for a patient who is allergic to penicillins.
    private func withAllergy(_ body: @escaping @Sendable (Clinic) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let files = try ShippedRules.files()
            try await database.owner.write { _ = try ImportRuleCatalogue(files).run(in: $0, at: .ofTests) }
            try await clinic.write {
                _ = try RecordAllergy(allergy: AllergyID(UUID()), patient: clinic.patient, name: "青霉素", severity: .severe)
                    .run(in: $0, by: clinic.prescriber, at: .ofTests)
            }
            try await body(clinic)
        }
    }

    private func standBy(
        _ clinic: Clinic, _ id: PrescriptionID, _ findings: [String], reason: String = "皮试阴性，无替代药物", by person: Principal? = nil
    ) async throws -> Prescription {
        let person = person ?? clinic.prescriber
        return try await clinic.write { transaction in
            var standing = OverridePrescription(prescription: id, reason: reason, findings: findings)
            if person == clinic.prescriber {
                standing.signature = try Clinic.signer(of: person).signature(
                    of: standing.canonical(in: transaction, by: person, at: .ofTests))
            }
            return try standing.run(in: transaction, by: person, at: .ofTests)
        }
    }

    @Test("are kept with the version and the edition, when it is written and when it is decided")
    func kept() async throws {
        try await withAllergy { clinic in
            let id = try await clinic.issue()
            await expectRefusal("dispensing.override-unconfirmed") { try await clinic.review(id) }
            try await clinic.review(id, .sendBack(reason: "青霉素过敏", problem: .allergy))
            let view = try await clinic.read { try $0.reviewView(of: id, at: .ofTests) }
            #expect(view.checks.map(\.stage) == [.issue, .review] && view.checks.map(\.version) == [1, 1])
            #expect(view.checks.allSatisfy { !$0.catalogue.isEmpty })
            #expect(view.unconfirmed == ["allergy.substance#1"] && view.newFindings.isEmpty)
            #expect(view.prescription.reviews.first?.problem == .allergy)
        }
    }

    @Test("that need it are signed a second time with a reason, and then a pharmacist may approve")
    func overridden() async throws {
        try await withAllergy { clinic in
            try await clinic.declare(ConsortiumPractice(requiresQualifiedReviewers: false))
            try await clinic.stock(0, 100)
            let id = try await clinic.issue()
            await expectRefusal("dispensing.wrong-state") { try await standBy(clinic, id, ["allergy.substance#1"]) }
            try await clinic.review(id, .sendBack(reason: "青霉素过敏", problem: .allergy))
            await expectRefusal("dispensing.other-prescriber") {
                try await standBy(clinic, id, ["allergy.substance#1"], by: clinic.otherPrescriber)
            }
            await expectRefusal("dispensing.reason-required") { try await standBy(clinic, id, ["allergy.substance#1"], reason: " ") }
            await expectRefusal("dispensing.override-unconfirmed") { try await standBy(clinic, id, []) }
            await expectRefusal("dispensing.override-unconfirmed") { try await standBy(clinic, id, ["allergy.substance"]) }
            await expectRefusal("dispensing.signature-missing") {
                try await clinic.write {
                    _ = try OverridePrescription(prescription: id, reason: "无替代药物", findings: ["allergy.substance#1"])
                        .run(in: $0, by: clinic.prescriber, at: .ofTests)
                }
            }
            let stood = try await standBy(clinic, id, ["allergy.substance#1"])
            #expect(stood.version == 2 && stood.state == .issued && stood.override?.findings == ["allergy.substance#1"])
            try await clinic.review(id, .approveWithRemark("皮试后使用"))
            try await clinic.dispense(id)
            let review = try #require(try await clinic.read { try $0.prescription(id).reviews.last })
            #expect(review.reason == "皮试后使用" && review.outcome == .approved && review.version == 2)
        }
    }

    @Test("that came up since it was written are shown as new, and need the second signature too")
    func newOnes() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issue()
            let files = try ShippedRules.files()
            try await database.owner.write { _ = try ImportRuleCatalogue(files).run(in: $0, at: .ofTests) }
            try await clinic.write {
                _ = try RecordAllergy(allergy: AllergyID(UUID()), patient: clinic.patient, name: "阿莫西林")
                    .run(in: $0, by: clinic.pharmacist, at: .ofTests)
            }
            let view = try await clinic.read { try $0.reviewView(of: id, at: .ofTests) }
            #expect(view.newFindings.contains("allergy.substance#1"))
            await expectRefusal("dispensing.override-unconfirmed") { try await clinic.review(id) }
        }
    }

    @Test("include what the patient still takes; the view shows history and remaining supply")
    func currentMedication() async throws {
        try await withAllergy { clinic in
            let fortnight = clinic.content(
                [try clinic.line(1, quantity: 14, dose: 1, frequency: "qd", days: 14)], reason: "慢性病")
            let first = try await clinic.issue(fortnight)
            try await clinic.review(first)
            let second = try await clinic.issue(fortnight)
            let view = try await clinic.read { try $0.reviewView(of: second, at: .ofTests) }
            #expect(view.history.map(\.id) == [first])
            #expect(view.supplies.map(\.product) == [clinic.products[1]] && view.supplies[0].daysAhead == 14)
            #expect(view.supplies[0].through == Clinic.today.adding(days: 13))
            #expect(view.unconfirmed == ["duplicate.substance#1"])
        }
    }

    @Test("are shown before it is written, with what each line comes to; nothing is recorded")
    func tried() async throws {
        try await withAllergy { clinic in
            func look(_ line: PrescriptionLine, reason: String = "") async throws -> TryPrescription.Answer {
                let content = PrescriptionContent(diagnosis: "肺炎", reason: reason, lines: [line])
                return try await clinic.write {
                    try TryPrescription(patient: clinic.patient, kind: .ordinary, content: content)
                        .run(in: $0, by: clinic.prescriber, at: .ofTests)
                }
            }
            let allergic = try await look(try clinic.line())
            #expect(allergic.gravest == .override && allergic.quantities == [42] && !allergic.catalogue.isEmpty)
            let wrong = try await look(try clinic.line(quantity: 60, days: 10))
            #expect(wrong.gravest == .block)
            #expect(wrong.findings.map(\.rule) == ["prescription.route", "supply.reason"])
            #expect(wrong.findings.allSatisfy { !$0.source.isEmpty && !$0.message.isEmpty && !$0.messageEnglish.isEmpty })
            let longer = try await look(try clinic.line(quantity: 60, days: 10), reason: "慢性病")
            #expect(longer.findings.contains { $0.rule == "supply.longer-with-reason" && $0.severity == .warning })
            let history = try await clinic.read { try $0.history(of: clinic.patient, limit: 9) }
            #expect(history.isEmpty)
            await expectRefusal("dispensing.patient-unknown") {
                try await clinic.write {
                    _ = try TryPrescription(
                        patient: PatientID(UUID()), kind: .ordinary, content: clinic.content([try clinic.line()])
                    ).run(in: $0, by: clinic.prescriber, at: .ofTests)
                }
            }
        }
    }

    @Test("that forbid a prescription stop it when it is written, and at review when they came up since")
    func forbidden() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let month = [try clinic.line(1, quantity: 28, dose: 1, frequency: "qd", days: 28)]
            let before = try await clinic.issue(month, kind: .long, records: LongPrescriptionTests.eligible)
            let files = try ShippedRules.files()
            try await database.owner.write { _ = try ImportRuleCatalogue(files).run(in: $0, at: .ofTests) }
            // Pneumonia is no chronic disease.
            let other = [try clinic.line(0, quantity: 28, dose: 1, frequency: "qd", days: 28)]
            await expectRefusal("dispensing.rule-forbids") {
                try await clinic.issue(other, kind: .long, records: LongPrescriptionTests.eligible)
            }
            await expectRefusal("dispensing.rule-forbids") { try await clinic.review(before) }
            try await clinic.review(before, .sendBack(reason: "不在病种目录", problem: .diagnosis))
        }
    }
}

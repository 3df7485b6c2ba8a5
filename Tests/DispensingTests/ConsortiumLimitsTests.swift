import Dispensing
import Foundation
import MedicationRules
import Primitives
import TestSupport
import Testing

@Suite("A consortium's own limits of prescriptions")
struct ConsortiumLimitsTests {
    @Test("hold when a prescription is written and when it is written anew, unless others are given")
    func hold() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let line = PrescriptionLine(
                product: clinic.products[1], quantity: 6, doseText: "5mg", dose: DoseAmount(thousandths: 1_000),
                frequency: try #require(DosingFrequency(code: "qd")), days: 6)
            let content = PrescriptionContent(diagnosis: "高血压", lines: [line])
            @Sendable func issue(_ limits: PrescriptionLimits? = nil) async throws -> Prescription {
                try await clinic.write { transaction in
                    try IssuePrescription(
                        prescription: PrescriptionID(UUID()), patient: clinic.patient, kind: .ordinary, content: content, limits: limits
                    ).run(in: transaction, by: clinic.prescriber, at: .ofTests)
                }
            }
            _ = try await issue()
            try await clinic.write { transaction in
                try SetLimit(key: .ordinaryDays, value: 5, validFrom: Clinic.today, reason: "药事会决议")
                    .run(in: transaction, by: clinic.consortium.officer, at: .ofTests)
            }
            await expectRefusal("dispensing.reason-required") { try await issue() }
            _ = try await issue(.national)
        }
    }
}

import Dispensing
import MedicationRules
import Postgres
import Primitives
import TestSupport
import Testing

@testable import LongPrescriptions

@Suite("Eligibility as it is in force")
struct EligibilityInForceTests {
    @Test("takes diagnoses and classes from the clinical rules, and the default until there are any")
    func inForce() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let day = Instant.ofTests.businessDay
            func rules() async throws -> EligibilityRules {
                try await database.application.read(as: small.id.tenant) { transaction in
                    try EligibilityRules.inForce(transaction, of: small.id, on: day)
                }
            }
            #expect(try await rules().catalogue == .national)
            let files = try ShippedRules.files()
            try await database.owner.write { transaction in
                _ = try ImportRuleCatalogue(files).run(in: transaction, at: .ofTests)
            }
            let found = try await rules()
            #expect(found.catalogue != .national && !found.catalogue.allowsColdStorage)
            #expect(found.catalogue.isChronic("I10.x00") && !found.catalogue.isChronic("J18.9"))
            #expect(found.limits.longDays == 28 && found.limits.longDaysMax == 84)
            #expect(!found.catalogue.exclusions.isEmpty)
        }
    }
}

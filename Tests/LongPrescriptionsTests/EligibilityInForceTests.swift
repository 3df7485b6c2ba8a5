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

    @Test("takes the terms of instalments as the consortium has set them")
    func terms() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let day = Instant.ofTests.businessDay
            func terms() async throws -> InstalmentTerms {
                try await database.application.read(as: small.id.tenant) { transaction in
                    try EligibilityRules.inForce(transaction, of: small.id, on: day).terms
                }
            }
            #expect(try await terms() == .national)
            let own: [(LimitKey, Int)] = [
                (.instalmentDaysMost, 14), (.instalmentEarlyDays, 3), (.instalmentGraceDays, 5), (.followUpDays, 21),
                (.assessmentDaysMost, 10), (.reserveDays, 9),
            ]
            try await database.application.write(as: small.id.tenant) { transaction in
                for (key, value) in own {
                    try SetLimit(key: key, value: value, validFrom: day, reason: "本县规定")
                        .run(in: transaction, by: small.officer, at: .ofTests)
                }
            }
            var expected = InstalmentTerms()
            expected.instalmentDays = 7...14
            (expected.earlyDays, expected.graceDays) = (3, 5)
            (expected.followUpDays, expected.assessmentDaysMax, expected.reserveDays) = (21, 10, 9)
            #expect(try await terms() == expected)
        }
    }
}

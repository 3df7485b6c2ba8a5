import Outbox
import PlatformExchange
import PlatformMessages
import Postgres
import Primitives
import TestSupport
import Testing

@testable import InsuranceUploads

@Suite("What insurers were told is held against what they have")
struct ReconciliationTests {
    @Test("what a person has discarded keeps nothing from being compared, and is not expected there")
    func discarded() async throws {
        try await InsurerWorld.with { insurer in
            let world = insurer.world
            try await world.receive(280)
            try await insurer.noteFacts()
            try await insurer.setInsuranceCode(nil)
            try await insurer.tell()
            #expect(try await insurer.reconcile().untold.count == 1)
            let refused = try #require(try await world.messages().first)
            let officer = world.officer
            try await world.write {
                try DecideMessage(refused.id, .discard, reason: "重复").run(in: $0, by: officer, at: .ofTests)
            }
            #expect(try await insurer.reconcile() == UploadReconciliation(batches: 1, records: 0, differences: 0, untold: []))
        }
    }

    @Test("a platform that does not answer keeps no other from being compared, and what was not compared is said")
    func silent() async throws {
        try await InsurerWorld.with { insurer in
            let world = insurer.world
            let (consortium, officer) = (world.consortium, world.officer)
            try await world.addAccount("elsewhere")
            let moved = Institution(
                facility: consortium.townships[0], platform: "elsewhere", code: UploadWorld.codes[0], name: "卫生院")
            try await world.write { try RegisterInstitution(moved).run(in: $0, by: officer, at: .ofTests) }
            for number in 0..<4 { try await world.receive(28, batch: "N\(number)") }
            try await world.receive(28, in: consortium.pharmacies[1])
            try await world.feed()
            _ = try await world.database.owner.write { transaction in
                try transaction.execute("UPDATE insurance_uploads.record SET accepted_at = announced_at")
            }
            let report = try await insurer.reconcile()
            #expect(report.batches == 1 && report.differences == 1 && report.untold.count == 4)
            #expect(report.untold.last?.hasSuffix("elsewhere did not answer before") == true)
        }
    }

    @Test("gives a return the number of its original, which the insurer did not say when it took it")
    func numbers() async throws {
        try await InsurerWorld.with { insurer in
            let world = insurer.world
            try await world.receive(280)
            let dispensed = try await world.dispense(0, 28)
            try await insurer.noteFacts()
            try await insurer.tell()
            try await world.takeBack(dispensed, 14)
            try await world.feed()
            #expect(try await world.lastUpload().sale?.original == "")
            #expect(try await insurer.reconcile().untold.count == 1)
            #expect(try await world.lastUpload().sale?.original == "")
            try await insurer.tell()
            #expect(try await insurer.reconcile().differences == 0)
            #expect(try await world.lastUpload().sale?.original == "90000002")
        }
    }
}

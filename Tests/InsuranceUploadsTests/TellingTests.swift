import Outbox
import PlatformExchange
import PlatformSimulator
import Postgres
import Primitives
import TestSupport
import Testing

@testable import InsuranceUploads

@Suite("Insurers are told of stock and sales")
struct TellingTests {
    @Test("what comes in before what goes out, in packs, with the institution's own code")
    func tells() async throws {
        try await InsurerWorld.with { insurer in
            let world = insurer.world
            try await world.receive(280)
            let dispensed = try await world.dispense(0, 42)
            try await world.takeBack(dispensed, 14)
            try await insurer.noteFacts()
            try await insurer.tell()
            let told = insurer.told
            #expect(told.map(\.infno) == ["3502", "3505", "3506"] && told.map(\.quantity) == [100_000, 15_000, 5_000])
            #expect(told.allSatisfy { $0.institution == "H33010200001" && $0.serial == told[0].serial })
            #expect(Set(told.map(\.memo)).count == 3)
            #expect(try await world.messages().allSatisfy { $0.state == .accepted })
            let kept = try await world.database.owner.read { transaction in
                try transaction.query(
                    "SELECT body FROM platform_exchange.request UNION ALL SELECT body FROM platform_exchange.answer"
                ) {
                    try $0["body"] as String
                }
            }
            #expect(kept.count >= 6 && kept.allSatisfy { !$0.contains("张三丰") && !$0.contains(InsurerWorld.secret) })
        }
    }

    @Test("what is missing holds up its own batch until somebody enters it, and no other batch")
    func missingFact() async throws {
        try await InsurerWorld.with { insurer in
            let world = insurer.world
            try await world.receive(280)
            try await world.receive(60, of: 1, batch: "B2")
            let stuck = try await world.batch()
            _ = try await world.dispense(0, 28)
            _ = try await world.dispense(1, 14)
            try await insurer.noteFacts()
            try await insurer.setInsuranceCode(nil)
            try await insurer.tell()
            let messages = try await world.messages()
            let failed = try #require(messages.first { $0.state == .refused })
            #expect(failed.document.key.hasSuffix("/B\(stuck)") && failed.reason.contains("med_list_codg: is missing"))
            #expect(messages.filter { $0.document.key == failed.document.key }.map(\.state) == [.refused, .pending])
            #expect(insurer.told.map(\.infno) == ["3502", "3505"] && insurer.told.allSatisfy { $0.serial != "B\(stuck)" })
            try await insurer.setInsuranceCode("XA01ABD075A002010001")
            let officer = world.officer
            try await world.write {
                try DecideMessage(failed.id, .release(corrected: nil), reason: "编码已补").run(in: $0, by: officer, at: .ofTests)
            }
            try await insurer.tell()
            #expect(insurer.told.filter { $0.serial == "B\(stuck)" }.map(\.infno) == ["3502", "3505"])
        }
    }

    @Test("what the insurer refuses holds up what follows of its batch, and goes on when it is released")
    func refused() async throws {
        try await InsurerWorld.with { insurer in
            let world = insurer.world
            try await world.receive(280)
            try await world.receive(60, of: 1, batch: "B2")
            let batch = try await world.batch()
            // What brought the first batch in cannot be told, and a person gives it up.
            try await insurer.noteFacts()
            try await insurer.setInsuranceCode(nil)
            try await insurer.tell()
            try await insurer.setInsuranceCode("XA01ABD075A002010001")
            let first = try #require(try await world.messages().first { $0.document.key.hasSuffix("/B\(batch)") })
            let officer = world.officer
            try await world.write {
                try DecideMessage(first.id, .discard, reason: "重复").run(in: $0, by: officer, at: .ofTests)
            }
            _ = try await world.dispense(0, 28)
            _ = try await world.dispense(1, 14)
            try await insurer.noteFacts()
            try await insurer.tell()
            let sale = try #require(
                try await world.messages().first { $0.document.key.hasSuffix("/B\(batch)") && $0.kind == "upload-sale" })
            #expect(sale.state == .refused && sale.reason.contains("没有入库记录"))
            #expect(insurer.told.map(\.infno) == ["3502", "3505"] && insurer.told.allSatisfy { $0.serial != "B\(batch)" })
        }
    }

    @Test(
        "through faults each record is there once",
        arguments: [false, true],
        [SimulatorFault.resetAfterCommit, .resetBeforeCommit, .answerToAnother, .wrongEnvelopeCode, .malformed])
    func faults(echoes: Bool, fault: SimulatorFault) async throws {
        try await InsurerWorld.with(changing: {
            $0.faults = [fault: 1_500]
            $0.insurer.echoesMessage = echoes
        }) { insurer in
            let world = insurer.world
            for number in 0..<6 { try await world.receive(280, batch: "B\(number)") }
            for _ in 0..<4 { _ = try await world.dispense(0, 28) }
            try await insurer.noteFacts()
            try await insurer.tell()
            #expect(try await world.messages().allSatisfy { $0.state == .accepted })
            #expect(insurer.told.count == 10 && Set(insurer.told.map(\.memo)).count == 10)
        }
    }

    @Test("a day's uploads agree with the insurer's, and what does not is a difference until it does")
    func reconciles() async throws {
        try await InsurerWorld.with { insurer in
            let world = insurer.world
            try await world.receive(280)
            _ = try await world.dispense(0, 42)
            try await insurer.noteFacts()
            let officer = world.officer
            _ = try await world.write { try CountStock().run(in: $0, by: officer, at: .ofTests) }
            try await insurer.tell()
            #expect(insurer.told.map(\.infno) == ["3502", "3505", "3501"])
            let (id, database) = (world.consortium.id, world.database.application)
            #expect(try await insurer.reconcile() == UploadReconciliation(batches: 3, records: 3, differences: 0, untold: []))
            // Packs that are not what was told.
            _ = try await world.database.owner.write { transaction in
                try transaction.execute("UPDATE insurance_uploads.record SET quantity = quantity + 10000 WHERE kind = 'count'")
            }
            #expect(try await insurer.reconcile().differences == 1)
            let open = try await database.read(as: id.tenant) {
                try ExchangeReadings($0, of: id).differences(at: UploadWorld.platform, limit: 10)
            }
            #expect(open.map(\.kind) == [.quantity])
            _ = try await world.database.owner.write { transaction in
                try transaction.execute("UPDATE insurance_uploads.record SET quantity = quantity - 10000 WHERE kind = 'count'")
            }
            #expect(try await insurer.reconcile().differences == 0)
            let left = try await database.read(as: id.tenant) {
                try ExchangeReadings($0, of: id).differences(at: UploadWorld.platform, limit: 10)
            }
            #expect(left.isEmpty)
        }
    }
}

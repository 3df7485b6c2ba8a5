import Outbox
import PlatformMessages
import Postgres
import Primitives
import TestSupport
import Testing

@testable import InsuranceUploads

@Suite("Whom insurers know, and what they ask besides")
struct RegistrationTests {
    @Test("is refused when it is incomplete, another's or unknown")
    func refusals() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            let (consortium, officer) = (world.consortium, world.officer)
            func register(_ facility: FacilityID, _ platform: String, _ code: String, _ name: String = "卫生院") async -> String {
                let institution = Institution(facility: facility, platform: platform, code: code, name: name)
                return await refusal(of: world) { try RegisterInstitution(institution).run(in: $0, by: officer, at: .ofTests) }
            }
            #expect(await register(consortium.hospital, UploadWorld.platform, " ") == "insurance-uploads.institution-incomplete")
            #expect(await register(consortium.hospital, "nowhere", "H33010200009") == "insurance-uploads.institution-incomplete")
            #expect(
                await register(consortium.hospital, UploadWorld.platform, UploadWorld.codes[0]) == "insurance-uploads.code-taken")
            #expect(await register(consortium.hospital, UploadWorld.platform, "H33010200009") == "")
            let stranger = CountStock(facility: FacilityID(9_999))
            let counted = await refusal(of: world) { _ = try stranger.run(in: $0, by: officer, at: .ofTests) }
            #expect(counted == "insurance-uploads.institution-unknown")
            let facts: [NoteUploadFacts] = [
                NoteUploadFacts(batches: [.init(batch: BatchID(9_999), madeOn: UploadWorld.today)]),
                NoteUploadFacts(batches: [.init(batch: BatchID(1), madeOn: UploadWorld.today.adding(days: 1))]),
                NoteUploadFacts(pharmacists: [.init(person: officer.person, number: " ")]),
            ]
            for fact in facts {
                let said = await refusal(of: world) { try fact.run(in: $0, by: officer, at: .ofTests) }
                #expect(said == "insurance-uploads.fact-invalid")
            }
        }
    }

    @Test("what moved until then is told when an institution stops, and nothing after")
    func stops() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            try await world.receive(280)
            let (facility, officer) = (world.consortium.townships[0], world.officer)
            let stopped = Institution(
                facility: facility, platform: UploadWorld.platform, code: UploadWorld.codes[0], name: "卫生院", isActive: false)
            try await world.write { try RegisterInstitution(stopped).run(in: $0, by: officer, at: .ofTests) }
            _ = try await world.dispense(0, 28)
            try await world.feed()
            #expect(try await world.told().map(\.units) == [280])
        }
    }

    @Test("a code may be corrected while messages wait, which keep their order; a platform may not be changed then")
    func changes() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            let (officer, id, facility) = (world.officer, world.consortium.id, world.consortium.townships[0])
            try await world.addAccount("elsewhere")
            try await world.receive(280)
            try await world.feed()
            let corrected = Institution(facility: facility, platform: UploadWorld.platform, code: "H33010200009", name: "卫生院")
            try await world.write { try RegisterInstitution(corrected).run(in: $0, by: officer, at: .ofTests) }
            _ = try await world.dispense(0, 28)
            try await world.feed()
            #expect(try await world.messages().count == 2)
            #expect(Set(try await world.messages().map(\.document)).count == 1)
            let moved = Institution(facility: facility, platform: "elsewhere", code: "H33010200009", name: "卫生院")
            let move = { @Sendable (transaction: Transaction) throws in
                try RegisterInstitution(moved).run(in: transaction, by: officer, at: .ofTests)
            }
            #expect(await refusal(of: world, move) == "insurance-uploads.messages-open")
            let first = try await database.owner.write { transaction in
                try transaction.query(
                    "UPDATE insurance_uploads.record SET accepted_at = announced_at WHERE consortium_id = \(id) RETURNING record_id"
                ) { try $0["record_id"] as UploadRecordID }.first
            }
            #expect(await refusal(of: world, move) == "")
            let record = try #require(first)
            try await world.write { transaction in
                let reading = UploadReading(transaction, id)
                let upload = try reading.upload(record, at: "elsewhere")
                #expect(upload.institution.code == "H33010200009")
                #expect(throws: PlatformUntellable.self) { try reading.upload(record, at: UploadWorld.platform) }
            }
        }
    }

    /// The code of what is refused; empty when nothing is.
    private func refusal(of world: UploadWorld, _ body: @escaping @Sendable (Transaction) throws -> Void) async -> String {
        do {
            try await world.write(body)
            return ""
        } catch let refused as InsuranceUploadsRefusal {
            return refused.code.rawValue
        } catch {
            return "\(error)"
        }
    }
}

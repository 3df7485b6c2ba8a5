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

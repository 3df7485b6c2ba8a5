import Primitives
import TestSupport
import Testing

@testable import InsuranceUploads

@Suite("Feeders beside each other")
struct FeederRaceTests {
    @Test("announce each movement once while more come", arguments: [1, 3, 500])
    func once(limit: Int) async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<2 {
                    group.addTask {
                        for number in 0..<6 { try await world.receive(28, of: writer, batch: "W\(writer)-\(number)") }
                    }
                }
                for _ in 0..<3 {
                    group.addTask { for _ in 0..<8 { try await world.feed(limit: limit) } }
                }
                try await group.waitForAll()
            }
            while try await world.feed(limit: limit).movements > 0 {}
            let told = try await world.told()
            #expect(told.count == 12 && told.allSatisfy { $0.units == 28 })
            #expect(try await world.messages().count == 12)
        }
    }
}

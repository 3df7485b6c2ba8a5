import Commands
import Foundation
import Postgres
import Primitives
import Synchronization
import TestSupport
import Testing

@Suite("Commands that run once")
struct RunOnceTests {
    private struct Failed: Error {}

    @Test("a repeated request gets the first answer and does nothing")
    func replays() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let runs = Mutex(0)
            let request = UUID()
            let run = { @Sendable (body: [UInt8]) in
                try await database.application.write(as: small.id.tenant) { transaction in
                    try RunOnce(requestID: request, operation: "test.count", bodyDigest: body)
                        .run(in: transaction, by: small.officer, at: Instant.ofTests) {
                            runs.withLock { $0 += 1 }
                            return StoredAnswer(status: 201, json: #"{"run":1}"#)
                        }
                }
            }
            let answers = try await withThrowingTaskGroup(of: StoredAnswer.self) { group in
                for _ in 0..<12 { group.addTask { try await run([1]) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(runs.withLock { $0 } == 1)
            #expect(answers.allSatisfy { $0.status == 201 && $0.json == #"{"run":1}"# })
            #expect(answers.count { !$0.isReplay } == 1)
            await #expect { try await run([2]) } throws: {
                ($0 as? CommandsRefusal)?.code.rawValue == "commands.request-id-reused"
            }
        }
    }

    @Test("a command that fails keeps nothing, and its request id may be tried again")
    func failsWhole() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let request = RunOnce(requestID: UUID(), operation: "test.fail", bodyDigest: [1])
            await #expect(throws: Failed.self) {
                try await database.application.write(as: small.id.tenant) { transaction in
                    try request.run(in: transaction, by: small.officer, at: Instant.ofTests) { throw Failed() }
                }
            }
            let answer = try await database.application.write(as: small.id.tenant) { transaction in
                try request.run(in: transaction, by: small.officer, at: Instant.ofTests) { StoredAnswer(status: 200, json: "{}") }
            }
            #expect(!answer.isReplay)
        }
    }

    @Test("another person's request id is not answered with their answer")
    func keepsPeopleApart() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let request = RunOnce(requestID: UUID(), operation: "test.own", bodyDigest: [1])
            let run = { @Sendable (principal: Principal) in
                try await database.application.write(as: small.id.tenant) { transaction in
                    try request.run(in: transaction, by: principal, at: Instant.ofTests) { StoredAnswer(status: 200, json: "{}") }
                }
            }
            _ = try await run(small.officer)
            await #expect(throws: CommandsRefusal.self) { try await run(small.storekeepers[0]) }
        }
    }
}

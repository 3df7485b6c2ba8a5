import Outbox
import Primitives
import Synchronization
import TestSupport
import Testing

/// Many tellers who die at any step, over a network that loses requests and answers.
@Suite("Tellers that die")
final class TellerRaceTests: Sendable {
    /// Takes whatever reaches it: who sends twice is found out.
    private final class Destination: Sendable {
        private let taken = Mutex<[String]>([])
        var keys: [String] { taken.withLock { $0 } }
        func take(_ key: String) { taken.withLock { $0.append(key) } }
        func has(_ key: String) -> Bool { taken.withLock { $0.contains(key) } }
    }

    private struct Died: Error {}

    /// What tellers of an earlier round believe to hold still, and settle too late.
    private let kept = Mutex<[ClaimedDocument]>([])

    @Test("every fact arrives once, and in the order of its document", arguments: UInt64(0)..<8)
    func onceAndInOrder(seed: UInt64) async throws {
        try await withTestDatabase { database in
            let start = try await OutboxBench.make(in: database)
            let destination = Destination()
            var random = SeededGenerator(seed: seed)
            var written: [String: [String]] = [:]
            for number in 0..<60 {
                let document = "D\(Int.random(in: 0..<8, using: &random))"
                try await start.announce("\(document)/\(number)", document)
                written[document, default: []].append("\(document)/\(number)")
            }
            var rounds = 0
            while try await !start.read({ try $0.status() }).isEmpty {
                try #require(rounds < 400)
                let bench = start.later(seconds: Int64(rounds) * 31)
                let seeds = (0..<4).map { _ in random.next() }
                await withTaskGroup { group in
                    for seed in seeds { group.addTask { await self.tell(from: bench, to: destination, seed: seed) } }
                }
                rounds += 1
            }
            #expect(Set(destination.keys).count == destination.keys.count && destination.keys.count == 60)
            for (document, keys) in written {
                #expect(destination.keys.filter { $0.hasPrefix("\(document)/") } == keys)
            }
        }
    }

    /// One teller's turn: it claims documents and goes on with each until it dies or has nothing left.
    private func tell(from bench: OutboxBench, to destination: Destination, seed: UInt64) async {
        var random = SeededGenerator(seed: seed)
        do {
            try await settleLate(bench)
            for claim in try await bench.claim(most: 3) {
                if Int.random(in: 0..<6, using: &random) == 0 { kept.withLock { $0.append(claim) } }
                var current: ClaimedDocument? = claim
                while let claim = current {
                    current = try await step(claim, bench, destination, &random)
                }
            }
        } catch is Died {
        } catch {
            Issue.record(error)
        }
    }

    /// Somebody who was away writes what it thinks has happened; its claim has run out, or was settled by itself.
    private func settleLate(_ bench: OutboxBench) async throws {
        let late = kept.withLock { kept in
            defer { kept = [] }
            return kept
        }
        for claim in late {
            await #expect(throws: ClaimLost.self) { try await bench.begin(claim) }
        }
    }

    private func step(
        _ claim: ClaimedDocument, _ bench: OutboxBench, _ destination: Destination, _ random: inout SeededGenerator
    ) async throws -> ClaimedDocument? {
        let key = claim.message.businessKey
        func mayDie() throws { if Int.random(in: 0..<12, using: &random) == 0 { throw Died() } }
        try mayDie()
        if claim.message.state.mustAsk {
            return try await bench.settle(claim, destination.has(key) ? .accepted : .missed(nextAt: bench.now))
        }
        try await bench.begin(claim)
        try mayDie()
        let luck = Int.random(in: 0..<10, using: &random)
        if luck > 1 { destination.take(key) }
        try mayDie()
        switch luck {
        case 0: return try await bench.settle(claim, .missed(nextAt: bench.later(seconds: 10).now))
        case 1, 2: return try await bench.settle(claim, .lost(nextAt: bench.later(seconds: 10).now))
        default: return try await bench.settle(claim, .accepted)
        }
    }
}

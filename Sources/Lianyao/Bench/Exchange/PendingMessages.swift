import Curl
import Formulary
import Foundation
import Outbox
import PlatformExchange
import PlatformMessages
import Postgres
import Primitives

/// A platform that is far behind: what a claim costs when a great many messages wait, and whether telling them fills memory.
struct PendingMessages: Sendable {
    let pending: Int
    /// How many are told.
    let told: Int
    let owner: Database
    let application: Database

    private static let platform = "zhejiang-drugs"

    func run(home: Home, at server: String) async throws {
        let now = TimeSource.system.now
        let loaded = try await owner.write { try ExchangeTrialData(orders: 1, lines: 1, seed: 1, now: now).load(in: $0) }
        let account = RegisteredAccount(
            platform: Self.platform, institution: SimulatorProcess.institution, address: "\(server)/\(Self.platform)",
            settings: PlatformsOnDisk.simulatedSettings, secrets: "bench", kinds: [.western])
        try await application.write(as: loaded.consortium.tenant) {
            _ = try RegisterAccount(account, known: [Self.platform]).run(in: $0, by: loaded.officer, at: now)
        }
        try await fill(loaded.consortium, at: now)
        Terminal.say("\(pending) messages of as many documents wait")
        try await showPlan(loaded.consortium, at: now)
        try await tell(try PlatformsOnDisk(home: home, secretsDirectory: "").simulated(Self.platform), loaded.consortium)
    }

    private func fill(_ consortium: ConsortiumID, at now: Instant) async throws {
        let content = try JSON(
            PlatformPoint(
                code: "", name: "store", province: "province", city: "city", county: "county", address: "address",
                contact: "bench", telephone: "0571-00000000")
        ).jsonText
        try await owner.write { transaction in
            try transaction.execute(
                """
                INSERT INTO outbox.document (consortium_id, destination, document_key, open, due_at)
                SELECT \(consortium), \(Self.platform), 'D' || number, 1, \(now)::timestamptz - number * interval '1 millisecond'
                  FROM generate_series(1, \(pending)) AS number
                """)
            try transaction.execute(
                """
                INSERT INTO outbox.message
                       (consortium_id, destination, document_key, kind, business_key, content, written_at, changed_at)
                SELECT \(consortium), \(Self.platform), 'D' || number, \(PlatformFactKind.saveDeliveryPoint.rawValue), 'K' || number,
                       \(content), \(now), \(now)
                  FROM generate_series(1, \(pending)) AS number
                """)
            try transaction.execute("ANALYZE outbox.document, outbox.message")
        }
    }

    private func showPlan(_ consortium: ConsortiumID, at now: Instant) async throws {
        let plan = try await application.write(as: consortium.tenant) {
            try Delivery($0, for: consortium).claimPlan(at: Self.platform, most: 4, until: now, at: now)
        }
        for line in plan { Terminal.say(line) }
    }

    /// Tells as many as are to be told, and says how the process's memory went meanwhile.
    private func tell(_ dialect: any PlatformDialect, _ consortium: ConsortiumID) async throws {
        let client = CurlClient(.ofDispatchers)
        var options = DispatcherOptions()
        options.pullEvery = nil
        let dispatcher = Dispatcher(application, client: client, options: options, keepers: [PointFacts()]) { _ in
            (dialect, [SimulatorProcess.secret])
        }
        let begin = TimeSource.system.now
        let running = Task { await dispatcher.run() }
        var next = 0
        while true {
            let outcomes = dispatcher.tally.now.outcomes[Self.platform]?[PlatformFactKind.saveDeliveryPoint.rawValue] ?? [:]
            guard outcomes.keys.allSatisfy({ $0 == "accepted" }) else {
                running.cancel()
                throw CommandFailure("Not every message is accepted: \(outcomes).")
            }
            let done = outcomes["accepted"] ?? 0
            if done >= next {
                let seconds = (TimeSource.system.now.microseconds - begin.microseconds) / 1_000_000
                Terminal.say("\(done) told after \(seconds) s, \(try Self.residentKilobytes()) kB in memory")
                next += max(1, told / 10)
            }
            if done >= told { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        running.cancel()
        await running.value
        await client.close()
    }

    /// Of this process.
    private static func residentKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}

/// Delivery points, which are the lightest messages that platforms are told.
private struct PointFacts: FactKeeper {
    let kinds: Set<PlatformFactKind> = [.saveDeliveryPoint]

    func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        .saveDeliveryPoint(try content(of: message))
    }

    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {}
}

import Curl
import Foundation
import Outbox
import PlatformExchange
import PlatformSimulator
import PooledProcurement
import Postgres
import Primitives

/// Orders on their way to two platforms while everything goes wrong.
struct ExchangeTrial: Sendable {
    struct Plan: Sendable {
        let orders: Int
        let lines: Int
        let dispatchers: Int
        let kills: Int
        let restarts: Int
        /// Of each fault, of 10,000 requests.
        let faults: Int
        let seed: UInt64
    }

    let plan: Plan
    let home: Home
    let bench: BenchCluster

    func run() async throws {
        let simulator = PlatformSimulator(ExchangeTrialAccounts.options(seed: plan.seed))
        let port = try await simulator.start()
        do {
            try await run(simulator, at: "http://127.0.0.1:\(port)")
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
    }

    private func run(_ simulator: PlatformSimulator, at address: String) async throws {
        let begin = TimeSource.system.now
        let loaded = try await load(address, at: begin)
        let announced = TimeSource.system.now
        Terminal.say("\(plan.orders) orders announced in \(seconds(from: begin, to: announced)) s")
        simulator.setFaults(Dictionary(uniqueKeysWithValues: SimulatorFault.allCases.map { ($0, plan.faults) }))
        try await storm(loaded)
        let quiet = TimeSource.system.now
        Terminal.say("quiet after \(seconds(from: announced, to: quiet)) s")
        simulator.setFaults([:])
        let statement = simulator.statement()
        let audit = try await ExchangeTrialAudit(database: bench.application, loaded: loaded).run(against: statement)
        for line in audit.lines { Terminal.say(line) }
        Terminal.say(
            "faults: \(statement.faults.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", "))"
        )
        let differences = try await reconcile(since: begin.adding(.seconds(-3_600)))
        guard audit.isSound, differences == 0 else {
            throw CommandFailure("The platforms and the consortium do not agree.")
        }
    }

    private func load(_ address: String, at now: Instant) async throws -> ExchangeTrialData.Loaded {
        let data = ExchangeTrialData(orders: plan.orders, lines: plan.lines, seed: plan.seed, now: now)
        let loaded = try await bench.owner.write { try data.load(in: $0) }
        let accounts = ExchangeTrialAccounts(loaded: loaded, address: address)
        try await bench.application.write(as: loaded.consortium.tenant) { try accounts.register(in: $0, at: now) }
        try await bench.owner.write { _ = try $0.execute("ANALYZE") }
        for start in stride(from: 0, to: loaded.orders.count, by: 50) {
            let part = loaded.orders[start..<min(start + 50, loaded.orders.count)]
            try await bench.application.write(as: loaded.consortium.tenant) { transaction in
                for order in part {
                    let detail = try OrderReadings(transaction).order(order, of: loaded.consortium)
                    try TellOrder(detail).run(in: transaction, for: loaded.consortium, at: now)
                }
            }
        }
        return loaded
    }

    /// Dispatchers tell what there is to tell; meanwhile they are killed and the database is restarted, at moments that follow from
    /// how far they have come.
    private func storm(_ loaded: ExchangeTrialData.Loaded) async throws {
        let secrets = "\(bench.directory)/secrets"
        try FileManager.default.createDirectory(
            atPath: secrets, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try JSONEncoder().encode(ExchangeTrialAccounts.secrets).write(
            to: URL(fileURLWithPath: "\(secrets)/\(ExchangeTrialAccounts.secretsName).json"))
        let dispatchers = try DispatcherProcesses(
            home: home, conninfo: bench.conninfo, secrets: secrets, log: "\(bench.directory)/dispatchers.log")
        defer { dispatchers.stop() }
        var random = SeededGenerator(seed: plan.seed)
        var (kills, restarts) = (0, 0)
        while true {
            try dispatchers.keep(plan.dispatchers)
            try await Task.sleep(for: .milliseconds(Int64.random(in: 100...300, using: &random)))
            let left = try await movable(loaded)
            let done = plan.orders - left
            if kills < plan.kills, done >= plan.orders * kills / plan.kills || left == 0, dispatchers.killOne(using: &random) {
                kills += 1
            }
            if restarts < plan.restarts, done >= plan.orders * (restarts + 1) / (plan.restarts + 1) || left == 0 {
                try bench.restart()
                restarts += 1
            }
            if left == 0, kills == plan.kills, restarts == plan.restarts { break }
        }
        Terminal.say("\(kills) dispatchers killed, the database restarted \(restarts) times")
    }

    private func movable(_ loaded: ExchangeTrialData.Loaded) async throws -> Int {
        try await bench.application.read(as: loaded.consortium.tenant) {
            try OutboxReadings($0, of: loaded.consortium).movable()
        }
    }

    private func reconcile(since: Instant) async throws -> Int {
        let platforms = try PlatformsOnDisk(home: home, secretsDirectory: "\(bench.directory)/secrets")
        let client = CurlClient()
        let dispatcher = Dispatcher(bench.application, client: client) { try platforms.dialect(of: $0) }
        let reports = try await dispatcher.reconcile(since: since)
        await client.close()
        for (platform, report) in reports {
            Terminal.say(
                "\(platform): \(report.orders) orders and \(report.lines) lines compared, \(report.differences) differences, "
                    + "\(report.untold.count) could not be compared")
            for reason in report.untold.prefix(5) { Terminal.say("  \(reason)") }
        }
        return reports.map { $0.report.differences + $0.report.untold.count }.reduce(0, +)
    }

    private func seconds(from begin: Instant, to end: Instant) -> Int64 { (end.microseconds - begin.microseconds) / 1_000_000 }
}

import ArgumentParser
import Foundation
import PlatformExchange
import PlatformMessages
import Primitives

/// Measures the way to a provincial platform: the HTTP client beside curl, and a dispatcher with a great many messages to tell.
struct ExchangeBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Measures the HTTP client beside curl --parallel, and telling a platform with a million messages waiting.",
        discussion: "The platform is simulated, in a process of its own, without faults. Everything is on this machine.")

    @Option(help: "The directory that holds db/ (default: found as for every command).")
    var home: String?

    @Option(help: "How many requests a turn of either client takes.")
    var requests = 2_000

    @Option(help: "How many requests are under way at a time.")
    var atOnce = 8

    @Option(help: "How many turns either client has.")
    var rounds = 5

    @Option(help: "How many messages wait; 0 leaves this part out.")
    var pending = 1_000_000

    @Option(help: "How many of them are told.")
    var told = 50_000

    func validate() throws {
        guard (10...20_000).contains(requests) else { throw ValidationError("--requests is from 10 to 20000.") }
        guard (1...64).contains(atOnce) else { throw ValidationError("--at-once is from 1 to 64.") }
        guard (1...50).contains(rounds) else { throw ValidationError("--rounds is from 1 to 50.") }
        guard (0...5_000_000).contains(pending) else { throw ValidationError("--pending is from 0 to 5000000.") }
        guard (0...pending).contains(told) || pending == 0 else { throw ValidationError("--told is at most --pending.") }
    }

    func run() async throws {
        let home = try Home.find(option: home)
        let (requests, atOnce, rounds, pending, told) = (requests, atOnce, rounds, pending, told)
        try await interruptibly {
            let simulator = try SimulatorProcess()
            defer { simulator.stop() }
            try await ClientTurns(requests: requests, atOnce: atOnce, rounds: rounds).run(home: home, at: simulator.address)
        }
        guard pending > 0 else { return }
        try await BenchDatabase(home: home, connections: 8).lend { owner, application in
            let simulator = try SimulatorProcess()
            defer { simulator.stop() }
            try await PendingMessages(pending: pending, told: told, owner: owner, application: application)
                .run(home: home, at: simulator.address)
        }
    }
}

extension PlatformsOnDisk {
    /// The dialect of the account at the simulated platform.
    func simulated(_ platform: String) throws -> any PlatformDialect {
        guard let catalogue = catalogues[platform] else { throw CommandFailure("There is no catalogue of \(platform).") }
        let secrets = Dictionary(uniqueKeysWithValues: ["secret", "app-code", "auth-code"].map { ($0, SimulatorProcess.secret) })
        return catalogue.dialect(
            for: PlatformAccount(
                institution: SimulatorProcess.institution, settings: Self.simulatedSettings, secrets: secrets))
    }

    static let simulatedSettings = [
        "contact": "bench", "telephone": "0571-00000000", "invoice-title": "bench", "service-path": "/service",
        "token-path": "/token",
    ]
}

import Curl
import Formulary
import Foundation
import Outbox
import PlatformExchange
import PlatformMessages
import PlatformSimulator
import Postgres
import Primitives
import TestSupport
import Testing

/// A consortium with an account at a simulated platform, and dispatchers between them that do not wait long.
struct ExchangeWorld: Sendable {
    let bench: ExchangeBench
    let simulator: PlatformSimulator
    static let secret = "the-secret-of-the-tests"

    /// - Parameter change: what is otherwise with the simulator.
    static func with(
        _ platform: String, changing change: (inout SimulatorOptions) -> Void = { _ in }, hasCodes: Bool = true,
        _ body: (ExchangeWorld) async throws -> Void
    ) async throws {
        var options = SimulatorOptions()
        options.acceptsUnknownCodes = true
        options.accounts = [
            SimulatorAccount(
                user: "H33010200001", secret: secret, appCode: "app-code", authCode: "auth-code", institution: "H33010200001")
        ]
        options.faultDetails.slowMilliseconds = 1
        change(&options)
        let simulator = PlatformSimulator(options)
        let port = try await simulator.start()
        do {
            try await withTestDatabase { database in
                let bench = try await ExchangeBench.make(
                    in: database, platform: platform, address: "http://127.0.0.1:\(port)/\(platform)", hasCodes: hasCodes)
                try await body(ExchangeWorld(bench: bench, simulator: simulator))
            }
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
    }

    /// Options that wait as short as can be.
    static var hasty: DispatcherOptions {
        var options = DispatcherOptions()
        options.pause = RetryPause(first: .milliseconds(20), most: .milliseconds(200))
        options.wishMost = .milliseconds(50)
        options.idleMost = .milliseconds(200)
        options.claimMargin = .seconds(1)
        options.requestTime = .seconds(20)
        options.pullEvery = nil
        return options
    }

    func dispatcher(_ options: DispatcherOptions = hasty, _ client: CurlClient) throws -> Dispatcher {
        let text = try String(contentsOfFile: "\(repositoryRoot)/Catalogs/platforms/\(bench.platform).json", encoding: .utf8)
        let catalogue = try PlatformCatalogue(parsing: text, file: bench.platform)
        return Dispatcher(bench.database.application, client: client, options: options) { account in
            struct NoSecrets: Error {}
            guard account.secrets != "none" else { throw NoSecrets() }
            let secrets = ["secret": Self.secret, "password": Self.secret, "app-code": "app-code", "auth-code": "auth-code"]
            let known = PlatformAccount(institution: account.institution, settings: account.settings, secrets: secrets)
            return (catalogue.dialect(for: known), Array(secrets.values))
        }
    }

    /// Tells what there is to tell, until nothing is left but what waits for a person.
    @discardableResult
    func tell(_ options: DispatcherOptions = hasty) async throws -> DispatcherTally.Counts {
        try await use(options) { dispatcher in
            try await dispatcher.runUntilQuiet(lookingEvery: .milliseconds(50))
            return dispatcher.tally.now
        }
    }

    func use<Value>(_ options: DispatcherOptions = hasty, _ body: (Dispatcher) async throws -> Value) async throws -> Value {
        let client = CurlClient()
        do {
            let value = try await body(dispatcher(options, client))
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    /// Orders that the platform has and that were sent, by our number.
    var live: [SimulatorStatement.Order] { simulator.statement().orders.filter { $0.state == .sent } }
}

import Curl
import Foundation
import InsuranceUploads
import Outbox
import PlatformExchange
import PlatformMessages
import PlatformSimulator
import Postgres
import Primitives
import TestSupport
import Testing

/// The world of uploads with a simulated insurer, and dispatchers between them that do not wait long.
struct InsurerWorld: Sendable {
    let world: UploadWorld
    let simulator: PlatformSimulator
    static let secret = "the-token-of-the-gateway"

    static func with(
        changing change: (inout SimulatorOptions) -> Void = { _ in }, _ body: (InsurerWorld) async throws -> Void
    ) async throws {
        var options = SimulatorOptions()
        options.accounts = [SimulatorAccount(user: "paas-1", secret: secret, institution: "")]
        options.faultDetails.slowMilliseconds = 1
        change(&options)
        let simulator = PlatformSimulator(options)
        let port = try await simulator.start()
        do {
            try await withTestDatabase { database in
                let world = try await UploadWorld.make(in: database, address: "http://127.0.0.1:\(port)/national-stock")
                try await body(InsurerWorld(world: world, simulator: simulator))
            }
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
    }

    private static var hasty: DispatcherOptions {
        var options = DispatcherOptions()
        options.pause = RetryPause(first: .milliseconds(20), most: .milliseconds(200))
        options.wishMost = .milliseconds(50)
        options.idleMost = .milliseconds(200)
        options.claimMargin = .seconds(1)
        options.requestTime = .seconds(20)
        return options
    }

    func use<Value>(_ body: (Dispatcher) async throws -> Value) async throws -> Value {
        let path = "\(repositoryRoot)/Catalogs/platforms/\(UploadWorld.platform).json"
        let catalogue = try PlatformCatalogue(parsing: String(contentsOfFile: path, encoding: .utf8), file: UploadWorld.platform)
        let client = CurlClient()
        let dispatcher = Dispatcher(world.database.application, client: client, options: Self.hasty, keepers: [StockUploadFacts()])
        {
            account in
            let known = PlatformAccount(
                institution: account.institution, settings: account.settings, secrets: ["gateway-token": Self.secret])
            return (catalogue.dialect(for: known), [Self.secret])
        }
        do {
            let value = try await body(dispatcher)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    /// Feeds, and tells what there is to tell until nothing is left but what waits for a person.
    func tell() async throws {
        try await world.feed()
        try await use { try await $0.runUntilQuiet(lookingEvery: .milliseconds(50)) }
    }

    func reconcile() async throws -> UploadReconciliation {
        let (id, database) = (world.consortium.id, world.database.application)
        return try await use {
            try await ReconcileUploads(day: UploadWorld.today).run(through: $0, in: database, for: id, at: .ofTests)
        }
    }

    /// Notes what insurers ask of every batch and pharmacist.
    func noteFacts(except left: BatchID? = nil) async throws {
        let (consortium, officer, pharmacist) = (world.consortium, world.officer, world.pharmacist)
        try await world.write { transaction in
            let batches = try transaction.query("SELECT batch_id FROM stock_ledger.batch WHERE consortium_id = \(consortium.id)") {
                try $0["batch_id"] as BatchID
            }
            try NoteUploadFacts(
                batches: batches.filter { $0 != left }.map { .init(batch: $0, madeOn: UploadWorld.today.adding(days: -90)) },
                pharmacists: [.init(person: pharmacist.person, number: "331234567890")]
            ).run(in: transaction, by: officer, at: .ofTests)
        }
    }

    /// The insurance code of the first article.
    func setInsuranceCode(_ code: String?) async throws {
        let article = world.consortium.articles[0]
        _ = try await world.database.owner.write { transaction in
            try transaction.execute("UPDATE formulary.article SET insurance_code = \(code) WHERE article_id = \(article)")
        }
    }

    var told: [InsurerStatement.Record] { simulator.insurerStatement().records }
}

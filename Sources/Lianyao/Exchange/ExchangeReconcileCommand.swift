import ArgumentParser
import Curl
import InsuranceUploads
import Parties
import PlatformExchange
import Postgres
import Primitives

/// Holds what we have against what the platforms have.
struct ExchangeReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract:
            "Pulls deliveries and invoices, holds orders, receipts, invoices and sums of the last days against the platforms', and shows what differs.",
        discussion: "What differs stays open until it agrees again or a person has settled it.")

    @Option(help: "How many days back orders are compared.")
    var days = 60

    @OptionGroup var options: ExchangeOptions

    func validate() throws {
        guard (1...3_660).contains(days) else { throw ValidationError("--days is from 1 to 3660.") }
    }

    func run() async throws {
        let platforms = try options.platforms()
        let since = TimeSource.system.now.adding(.seconds(-86_400 * Int64(days)))
        try await options.use { database, _ in
            let client = CurlClient(.ofDispatchers)
            let dispatcher = Dispatcher(
                database, client: client, keepers: Keepers.facts, questioners: Keepers.questions
            ) { try platforms.dialect(of: $0) }
            let (pulled, reports) = (try await dispatcher.pull(), try await dispatcher.reconcile(since: since))
            let troubles = try await dispatcher.ask()
            try await Self.reconcileUploads(dispatcher, database)
            await client.close()
            for trouble in troubles { Terminal.say("  not answered: \(trouble)") }
            for line in pulled {
                Terminal.say("\(line.platform): \(line.new) new lines of deliveries\(line.trouble.map { "; \($0)" } ?? "")")
            }
            for (platform, report) in reports {
                Terminal.say(
                    "\(platform): \(report.orders) orders, \(report.lines) lines compared, \(report.receipts) receipts, "
                        + "\(report.invoices) invoices, \(report.statements) statements, \(report.differences) differences")
                for reason in report.untold.prefix(20) { Terminal.say("  not compared: \(reason)") }
            }
            let open = try await Self.show(database)
            Terminal.say(open == 0 ? "no difference is open" : "\(open) differences are open")
        }
    }

    /// Holds what insurers were told of yesterday and today against what they have.
    private static func reconcileUploads(_ dispatcher: Dispatcher, _ database: Database) async throws {
        let now = TimeSource.system.now
        for consortium in try await database.read({ try PartiesStore($0).consortia() }) {
            for day in [now.businessDay.adding(days: -1), now.businessDay] {
                let report = try await ReconcileUploads(day: day)
                    .run(through: dispatcher, in: database, for: consortium.id, at: now)
                guard report.batches > 0 || !report.untold.isEmpty else { continue }
                Terminal.say(
                    "\(consortium.code) uploads of \(day): \(report.records) records of \(report.batches) batches compared, "
                        + "\(report.differences) differences")
                for reason in report.untold.prefix(20) { Terminal.say("  not compared: \(reason)") }
            }
        }
    }

    /// - Returns: how many are open.
    private static func show(_ database: Database) async throws -> Int {
        var count = 0
        for consortium in try await database.read({ try PartiesStore($0).consortia() }) {
            let open = try await database.read(as: consortium.id.tenant) { transaction in
                let readings = ExchangeReadings(transaction, of: consortium.id)
                return try readings.accounts().flatMap { try readings.differences(at: $0.platform, limit: 1_000) }
            }
            for difference in open {
                Terminal.say(
                    "  \(difference.id) \(consortium.code) \(difference.platform) \(difference.kind.rawValue) \(difference.subject): "
                        + "ours \(difference.ours.isEmpty ? "nothing" : difference.ours), theirs \(difference.theirs.isEmpty ? "nothing" : difference.theirs)"
                )
            }
            count += open.count
        }
        return count
    }
}

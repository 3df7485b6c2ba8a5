import ArgumentParser
import Curl
import InsuranceUploads
import Outbox
import PlatformExchange
import Postgres

/// Tells the platforms what is in the outbox for them.
struct ExchangeRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Tells the platforms what there is to tell, until it is interrupted.",
        discussion: """
            Any number may run beside each other and beside the service. What is interrupted is gone on with by the next; nothing is \
            told twice.
            """)

    @Flag(help: "Ends when nothing is open but what waits for a person.")
    var untilQuiet = false

    @Option(help: ArgumentHelp("The pause after a first failure; it doubles.", valueName: "milliseconds"))
    var pause = 2_000

    @Option(help: ArgumentHelp("The longest pause.", valueName: "milliseconds"))
    var pauseMost = 600_000

    @Option(help: ArgumentHelp("What a claim lasts beyond the time of a request.", valueName: "milliseconds"))
    var claimMargin = 30_000

    @Option(help: ArgumentHelp("The longest that a platform's wish to be left alone is heeded.", valueName: "milliseconds"))
    var wishMost = 86_400_000

    @Option(
        help: ArgumentHelp("How long a request may take (default: what the platform's catalogue says).", valueName: "milliseconds"))
    var requestTime: Int?

    @Option(help: "Connections to the database.")
    var connections = 4

    @OptionGroup var options: ExchangeOptions

    func validate() throws {
        guard pause > 0, pauseMost >= pause else {
            throw ValidationError("A pause is positive, and the longest no shorter than the first.")
        }
        guard wishMost >= 0, requestTime.map({ $0 > 0 }) ?? true else { throw ValidationError("Times are positive.") }
        guard claimMargin >= 0, (2...64).contains(connections) else { throw ValidationError("--connections is between 2 and 64.") }
    }

    func run() async throws {
        let platforms = try options.platforms()
        var settings = DispatcherOptions()
        settings.pause = RetryPause(first: .milliseconds(pause), most: .milliseconds(pauseMost))
        settings.wishMost = .milliseconds(wishMost)
        settings.requestTime = requestTime.map { .milliseconds($0) }
        settings.claimMargin = .milliseconds(claimMargin)
        try await options.use(connections: connections) { [settings, untilQuiet] database, _ in
            let client = CurlClient(.ofDispatchers)
            let dispatcher = Dispatcher(
                database, client: client, options: settings, keepers: Keepers.facts, questioners: Keepers.questions
            ) { try platforms.dialect(of: $0) }
            let feeder = UploadFeeder(database) { dispatcher.tally.troubled("", $0) }
            try await feeder.runOnce()
            let feeding = Task { await feeder.run() }
            let report = Task { await Self.report(dispatcher) }
            if untilQuiet { try await dispatcher.runUntilQuiet() } else { await dispatcher.run() }
            report.cancel()
            feeding.cancel()
            await client.close()
            Terminal.say(Self.summary(dispatcher.tally.now))
        }
    }

    /// Tells every ten seconds what was done.
    private static func report(_ dispatcher: Dispatcher) async {
        var last = DispatcherTally.Counts()
        while (try? await Task.sleep(for: .seconds(10))) != nil {
            let now = dispatcher.tally.now
            if now != last { Terminal.say(summary(now)) }
            last = now
        }
    }

    private static func summary(_ counts: DispatcherTally.Counts) -> String {
        let outcomes = counts.outcomes.sorted { $0.key < $1.key }.map { platform, kinds in
            let lines = kinds.sorted { $0.key < $1.key }.map { kind, outcomes in
                "\(kind) \(outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))"
            }
            let failures = counts.failures[platform].map { "; \($0) requests without an answer" } ?? ""
            let trouble = counts.troubles[platform].map { "; last trouble: \($0)" } ?? ""
            return "\(platform): \(lines.joined(separator: "; "))\(failures)\(trouble)"
        }
        return outcomes.isEmpty
            ? (counts.troubles.first.map { "\($0.key): \($0.value)" } ?? "nothing was told") : outcomes.joined(separator: "\n")
    }
}

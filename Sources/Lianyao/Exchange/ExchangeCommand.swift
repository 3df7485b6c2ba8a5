import ArgumentParser
import Foundation
import Identity
import Outbox
import Parties
import Postgres
import Primitives

/// What concerns the exchange with provincial platforms.
struct ExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange", abstract: "The exchange with provincial procurement platforms.",
        subcommands: [
            ExchangeRunCommand.self, ExchangeStatusCommand.self, ExchangeRetryCommand.self, ExchangeReconcileCommand.self,
            ExchangeAccountCommand.self, ExchangePlatformsCommand.self, ExchangePrescriptionsCommand.self,
            ExchangeInsuranceCommand.self, ExchangeStockCountCommand.self,
        ])
}

/// Shows what waits, and what waits for a person.
struct ExchangeStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows what is open at each platform, how old the oldest is, and what a person must look at.")

    @Option(help: "How many failed messages of each consortium are shown.")
    var failed = 20

    @OptionGroup var options: ExchangeOptions

    func validate() throws {
        guard (0...10_000).contains(failed) else { throw ValidationError("--failed is between 0 and 10,000.") }
    }

    func run() async throws {
        let failed = failed
        try await options.use { database, _ in
            let now = TimeSource.system.now
            var isEmpty = true
            for consortium in try await database.read({ try PartiesStore($0).consortia() }) {
                let (status, messages) = try await database.read(as: consortium.id.tenant) { transaction in
                    let readings = OutboxReadings(transaction, of: consortium.id)
                    return (try readings.status(), try readings.failed(limit: max(1, failed)).prefix(failed))
                }
                for line in status {
                    isEmpty = false
                    let age = Duration.microseconds(now.microseconds - line.oldestWrittenAt.microseconds)
                    Terminal.say(
                        "\(consortium.code) \(line.destination): \(line.open) open, \(line.unknown) unknown, \(line.failed) failed, "
                            + "oldest \(age.formatted(.time(pattern: .hourMinuteSecond)))")
                }
                for message in messages {
                    Terminal.say(
                        "  message \(message.id) \(message.document.destination) \(message.businessKey): \(message.state.rawValue) after "
                            + "\(message.tries) tries: \(message.reason)")
                }
            }
            if isEmpty { Terminal.say("nothing is open") }
        }
    }
}

/// A person's decision about a message that was refused or given up.
struct ExchangeRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Lets a message that was refused or given up go out again, or no more.")

    @Argument(help: "The message's number, as `lianyao exchange status` shows it.")
    var message: Int64

    @Option(help: ArgumentHelp("Who decides.", valueName: "person@consortium"))
    var person: String

    @Option(help: "Why; kept in the audit trail.")
    var reason: String

    @Option(help: ArgumentHelp("What it says from now on (JSON), instead of what it said.", valueName: "file"))
    var corrected: String?

    @Flag(help: "It goes out no more, and the next message of its document takes its turn.")
    var discard = false

    @OptionGroup var options: ExchangeOptions

    func validate() throws {
        if discard, corrected != nil { throw ValidationError("Give either --corrected or --discard.") }
    }

    func run() async throws {
        let (decision, message, reason, token) = (try decision(), OutboxMessageID(message), reason, "dev:\(person)")
        try await options.use { database, _ in
            let principal = try await DevelopmentSignIn(database: database).principal(token: token)
            try principal.require(oneOf: [.procurementOfficer, .supervisor])
            try await database.write(as: principal.tenant) {
                try DecideMessage(message, decision, reason: reason).run(in: $0, by: principal, at: TimeSource.system.now)
            }
            let state = try await database.read(as: principal.tenant) {
                try OutboxReadings($0, of: principal.consortium).message(message).state
            }
            Terminal.say("message \(message) is \(state.rawValue)")
        }
    }

    private func decision() throws -> DecideMessage.Decision {
        if discard { return .discard }
        guard let corrected else { return .release(corrected: nil) }
        guard let data = FileManager.default.contents(atPath: corrected) else {
            throw CommandFailure("The file \(corrected) is not there or cannot be read.")
        }
        do throws(JSONSyntaxError) {
            return .release(corrected: JSONText(try JSONValue(parsing: Array(data)).text()))
        } catch {
            throw CommandFailure("\(corrected) is no JSON: \(error).")
        }
    }
}

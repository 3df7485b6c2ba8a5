import ArgumentParser
import Foundation
import Logging

/// The command line of the program: one subcommand for each thing it does.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lianyao",
        abstract: "联药 runs the medicines of a medical consortium.",
        discussion: """
            Without a database URL the program keeps a PostgreSQL of its own in the data directory, and starts and \
            stops it as needed.
            """,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, CatalogCommand.self, PricesCommand.self, MedicationRulesCommand.self, DemoCommand.self,
            VerifyCommand.self, BackupCommand.self, RestoreCommand.self, UpgradeCommand.self, BenchCommand.self,
            SimulateCommand.self, ExchangeCommand.self, PlatformSimulatorCommand.self,
        ])

    /// Parses the arguments and runs the command. Every failure is one sentence on standard error and a code that is
    /// not zero.
    static func main() async {
        // A reader that has gone away, as of `lianyao serve | head`, is no reason to leave the database alone.
        signal(SIGPIPE, SIG_IGN)
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch where isOfArguments(error) {
            exit(withError: error)
        } catch {
            Terminal.fail("lianyao: \(FailureSentence(error))")
            exit(withError: ExitCode.failure)
        }
    }

    /// Whether the command line itself answers: with help, with what is wrong with the arguments, or with a code alone.
    private static func isOfArguments(_ error: any Error) -> Bool { error is ExitCode || exitCode(for: error) != .failure }
}

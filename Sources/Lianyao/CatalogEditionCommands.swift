import ArgumentParser
import Formulary
import Foundation
import Postgres
import Primitives

/// Lists editions of catalogues, newest first.
struct CatalogEditionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "editions", abstract: "Lists the editions of catalogues, newest first.")

    @Option(help: ArgumentHelp("Only of this catalogue.", valueName: "name"))
    var catalogue: String?

    @Option(help: "How many at most.")
    var limit = 50

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let (catalogue, limit) = (catalogue, max(1, limit))
        try await options.onCatalogues { owner in
            let editions = try await owner.read { try EditionsStore($0).editions(of: catalogue, limit: limit) }
            for edition in editions { Terminal.say(EditionLines.line(edition)) }
        }
    }
}

/// The edition that a command is about.
struct EditionArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The edition's id, as `catalog import` and `catalog editions` show it.", valueName: "id"))
    var id: String

    func validate() throws {
        guard UUID(uuidString: id) != nil else { throw ValidationError("The id of an edition is a UUID.") }
    }

    var edition: EditionID { get throws { EditionID(try Self.uuid(id)) } }

    private static func uuid(_ text: String) throws -> UUID {
        guard let uuid = UUID(uuidString: text) else { throw ValidationError("The id of an edition is a UUID.") }
        return uuid
    }
}

/// Shows what an edition changes.
struct CatalogChangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes", abstract: "Shows what an edition adds, changes, withdraws and prices otherwise.")

    @OptionGroup var argument: EditionArgument

    @Option(help: "Only changes of this kind: \(EditionChangeKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var only: String?

    @Flag(help: "Only where the price differs.")
    var prices = false

    @Option(help: "How many at most.")
    var limit = 1_000

    @OptionGroup var options: DatabaseOptions

    func validate() throws {
        guard only == nil || kind != nil else { throw ValidationError("--only: there is no such kind of change.") }
    }

    private var kind: EditionChangeKind? { only.flatMap { EditionChangeKind(rawValue: $0) } }

    func run() async throws {
        let (edition, kind, prices, limit) = (try argument.edition, kind, prices, max(1, limit))
        try await options.onCatalogues { owner in
            let lines = try await owner.read { transaction in
                let store = EditionsStore(transaction)
                let found = try store.edition(edition)
                let changes = try store.changes(of: edition, kind: kind, ofPriceOnly: prices, limit: limit)
                return [EditionLines.line(found)] + changes.flatMap(EditionLines.lines)
            }
            for line in lines { Terminal.say(line) }
        }
    }
}

/// Does what an edition says.
struct CatalogAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "accept", abstract: "Does what a compared edition says.")

    @OptionGroup var argument: EditionArgument

    @Flag(help: "Accepts the sound rows although others cannot be used.")
    var acceptTheRest = false

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let (edition, rest) = (try argument.edition, acceptTheRest)
        try await options.onCatalogues { owner in
            let accepted = try await accepting(edition, acceptingTheRest: rest, in: owner, at: TimeSource.system.now)
            Terminal.say(EditionLines.line(accepted))
        }
    }
}

/// Puts an edition aside.
struct CatalogDiscardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "discard", abstract: "Puts a compared edition aside.")

    @OptionGroup var argument: EditionArgument
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let edition = try argument.edition
        try await options.onCatalogues { owner in
            let discarded = try await owner.write { transaction in
                try DiscardEdition(edition: edition).run(in: transaction, by: nil, at: TimeSource.system.now)
            }
            Terminal.say(EditionLines.line(discarded))
        }
    }
}

import ArgumentParser
import Foundation
import Migrations
import Postgres
import Prices
import Primitives

/// What concerns the prices that platforms publish.
struct PricesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices", abstract: "Prices that provincial platforms publish.", subcommands: [PricesImportCommand.self])
}

/// Imports a platform's price list: checked whole, and changing nothing unless every row is sound.
struct PricesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Imports a platform's list of listed or ceiling prices (CSV: article, pack_price, valid_from, valid_through).",
        discussion: """
            An article is named by its insurance code or its number. Prices are yuan per pack; an empty valid_through leaves \
            the end open, and such a price ends when another follows. Every row that cannot be used is named with its line \
            and reason; then nothing is changed, unless the rest is accepted.
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(help: "The platform, by the division code of its province: 330000.")
    var platform: String

    @Option(help: "What the prices are: listed or ceiling.", transform: Self.kind)
    var kind = PublishedKind.listed

    @Option(help: "The notice that the list is taken from.")
    var source: String

    @Option(help: ArgumentHelp("Puts these prices in the place of what is on record, and why.", valueName: "reason"))
    var correction: String?

    @Flag(help: "Records the sound rows although others are not.")
    var acceptTheRest = false

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("The file \(file) is not there or cannot be read.")
        }
        let (home, place, file) = (try Home.find(option: options.home), try options.place(), file)
        let prices = ImportPrices(
            kind: kind, platform: platform, source: source, csv: Array(data), acceptingTheRest: acceptTheRest,
            correctionReason: correction)
        try await interruptibly {
            let report = try await place.useMigrated(by: Migrator(directory: home.migrations)) { conninfo in
                try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
                    try await Self.record(prices, in: owner)
                }
            }
            for problem in report.problems {
                Terminal.say("\(file):\(problem.line): \(problem.field): \(problem.chinese) / \(problem.english) [\(problem.value)]")
            }
            Terminal.say(
                "\(file): \(report.rows) rows: \(report.added) new, \(report.changed) changed, \(report.unchanged) unchanged, "
                    + "\(report.skipped) unusable")
            guard report.isApplied else {
                throw CommandFailure(
                    "Nothing was imported: \(report.skipped) rows cannot be used: mend them, or import the others with "
                        + "--accept-the-rest.")
            }
        }
    }

    private static func record(_ prices: ImportPrices, in owner: Database) async throws -> PriceListReport {
        do {
            return try await owner.write { try prices.run(in: $0, by: nil, at: TimeSource.system.now) }
        } catch let refusal as any Refusal {
            throw CommandFailure("\(refusal.refusalCode.meaning.english): \(refusal.detail).")
        }
    }

    @Sendable private static func kind(_ text: String) throws -> PublishedKind {
        guard let kind = PublishedKind(rawValue: text) else {
            throw ValidationError("A price list holds \(PublishedKind.allCases.map(\.rawValue).joined(separator: " or ")) prices.")
        }
        return kind
    }
}

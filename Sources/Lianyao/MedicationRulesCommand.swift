import ArgumentParser
import MedicationRules
import Postgres
import Primitives

/// What concerns the clinical rules and the limits of prescriptions.
struct MedicationRulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "medication-rules", abstract: "Limits of prescriptions by region.", subcommands: [RegionalLimitCommand.self])
}

/// Puts the limit of a province or a city on record.
struct RegionalLimitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-regional-limit",
        abstract: "Records a limit that a province or a city has set for prescriptions.",
        discussion: "It holds for the consortia that practise there, from its first day on; one of the same day is replaced.")

    @Argument(
        help: ArgumentHelp(
            "Which limit: \(LimitKey.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "limit"),
        transform: Self.key)
    var key: LimitKey

    @Argument(help: "The value: days, products, or 1 for yes and 0 for no.")
    var value: Int

    @Option(help: "The division code of the province or the city: 150000, 150600.")
    var region: String

    @Option(help: ArgumentHelp("The first day.", valueName: "yyyy-mm-dd"), transform: Self.day)
    var from: CalendarDate

    @Option(help: ArgumentHelp("The last day (default: until further notice).", valueName: "yyyy-mm-dd"), transform: Self.day)
    var through: CalendarDate?

    @Option(help: "The document that sets it.")
    var source: String

    @OptionGroup var options: DatabaseOptions

    private static func key(_ text: String) throws -> LimitKey {
        guard let key = LimitKey(rawValue: text) else { throw ValidationError("There is no limit \(text).") }
        return key
    }

    private static func day(_ text: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else { throw ValidationError("\(text) is no day: yyyy-mm-dd.") }
        return day
    }

    func run() async throws {
        let limit = PutRegionalLimit(
            key: key, region: region, value: value, validFrom: from, validThrough: through, source: source)
        try await options.onCatalogues { owner in
            try await owner.write { try limit.run(in: $0) }
            Terminal.say("\(limit.key.rawValue) is \(limit.value) in \(limit.region) from \(limit.validFrom) on")
        }
    }
}

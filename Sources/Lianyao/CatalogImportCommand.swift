import ArgumentParser
import Formulary
import Foundation
import MedicationRules
import Migrations
import Postgres
import Primitives

/// Imports catalogue files: checked whole, and changing nothing unless every row is sound.
struct CatalogImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Imports catalogue files (CSV); what each holds is known by its columns.",
        discussion: """
            Dictionaries come first, then companies, products and articles, whatever the order of the files. Every row that \
            cannot be used is named with its line and reason; then nothing is changed, in no file, unless the rest is accepted. \
            The files of the clinical rules are given together and are imported whole.

            With --catalogue and --edition the file, one of articles, is a whole edition of that catalogue: what the edition \
            before named and this one does not is withdrawn. It is compared and shown, and changes nothing until \
            `lianyao catalog accept`, or at once with --accept.
            """)

    @Argument(help: ArgumentHelp("The files.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("The catalogue that the file is the next edition of.", valueName: "name"))
    var catalogue: String?

    @Option(help: ArgumentHelp("Which edition of it: 2025, 2025-03.", valueName: "label"))
    var edition: String?

    @Option(help: ArgumentHelp("From which day the edition holds (default: today).", valueName: "yyyy-mm-dd"))
    var validFrom: String?

    @Flag(help: "Accepts the edition at once.")
    var accept = false

    @Flag(help: "Imports the sound rows although others are not.")
    var acceptTheRest = false

    @Option(help: ArgumentHelp("UTF-8 or GB18030 (default: found out).", valueName: "encoding"))
    var encoding: String?

    @Option(help: ArgumentHelp("A column whose blanks take the value above, as below merged cells.", valueName: "column"))
    var fillDown: [String] = []

    @Flag(help: "Names warnings too: rows that are imported but deserve a look.")
    var warnings = false

    @OptionGroup var options: DatabaseOptions

    func validate() throws {
        guard (catalogue == nil) == (edition == nil) else { throw ValidationError("Give both --catalogue and --edition.") }
        guard catalogue == nil || files.count == 1 else { throw ValidationError("An edition is one file.") }
        guard catalogue != nil || (validFrom == nil && !accept) else {
            throw ValidationError("--valid-from and --accept are for editions: give --catalogue and --edition.")
        }
        _ = try (statedDay(), statedEncoding())
    }

    private func statedDay() throws -> CalendarDate? {
        guard let validFrom else { return nil }
        guard let day = CalendarDate(validFrom) else { throw ValidationError("--valid-from is a day: yyyy-mm-dd.") }
        return day
    }

    private func statedEncoding() throws -> CatalogEncoding? {
        guard let encoding else { return nil }
        switch encoding.lowercased().filter({ $0.isLetter || $0.isNumber }) {
        case "utf8": return .utf8
        case "gb18030", "gbk", "gb2312": return .gb18030
        default: throw ValidationError("--encoding is UTF-8 or GB18030.")
        }
    }

    func run() async throws {
        let encoding = try statedEncoding()
        let parted = try RuleFilesOnDisk(parting: files, encoding: encoding)
        let catalogs = try CatalogOnDisk.inOrderOfImport(parted.others, encoding: encoding)
        if let catalogue, let edition, let catalog = catalogs.first {
            return try await propose(
                EditionOnDisk(
                    catalog: catalog, catalogue: catalogue, label: edition, validFrom: try statedDay(), encoding: encoding,
                    fillingDown: Set(fillDown)))
        }
        let work = CatalogImport(
            catalogs: catalogs, encoding: encoding, fillingDown: Set(fillDown), acceptingTheRest: acceptTheRest,
            rules: parted.rules)
        let showsWarnings = warnings
        try await options.onCatalogues { owner in
            let outcome = try await work.run(in: owner, at: TimeSource.system.now)
            for line in outcome.lines(withWarnings: showsWarnings) { Terminal.say(line) }
            guard outcome.isApplied else {
                throw CommandFailure(
                    "Nothing was imported: \(outcome.skipped) rows cannot be used: mend them, or import the others with "
                        + "--accept-the-rest.")
            }
        }
    }

    private func propose(_ edition: EditionOnDisk) async throws {
        let (accepts, rest, showsWarnings) = (accept, acceptTheRest, warnings)
        try await options.onCatalogues { owner in
            let now = TimeSource.system.now
            let proposal = try await edition.propose(in: owner, at: now)
            let problems = CatalogProblemLines(
                path: edition.catalog.path, problems: proposal.problems, errorCount: proposal.errorCount,
                warningCount: proposal.warningCount)
            for line in problems.lines(withWarnings: showsWarnings) { Terminal.say(line) }
            for line in try await EditionLines(proposal.edition, in: owner) { Terminal.say(line) }
            guard accepts else {
                return Terminal.say(
                    "Nothing has changed yet: lianyao catalog accept \(proposal.edition.id), or lianyao catalog discard.")
            }
            let accepted = try await accepting(proposal.edition.id, acceptingTheRest: rest, in: owner, at: now)
            Terminal.say("accepted as number \(accepted.number ?? 0)")
        }
    }
}

extension DatabaseOptions {
    /// Lends a migrated database as the owner, since catalogues belong to no consortium; the formulary's refusals become
    /// sentences.
    func onCatalogues(_ body: @escaping @Sendable (Database) async throws -> Void) async throws {
        let (home, place) = (try Home.find(option: home), try place())
        try await interruptibly {
            do {
                try await place.useMigrated(by: Migrator(directory: home.migrations)) { conninfo in
                    try await withDatabase(conninfo, as: DatabaseRole.owner, body)
                }
            } catch let refusal as any Refusal {
                throw CommandFailure("\(refusal.refusalCode.meaning.english): \(refusal.detail).")
            }
        }
    }
}

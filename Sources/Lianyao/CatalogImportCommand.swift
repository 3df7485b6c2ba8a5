import ArgumentParser
import Formulary
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
            cannot be used is named with its line and reason; then nothing is changed, in no file, unless the rest is accepted.
            """)

    @Argument(help: ArgumentHelp("The files.", valueName: "file"))
    var files: [String]

    @Flag(help: "Imports the sound rows although others are not.")
    var acceptTheRest = false

    @Flag(help: "Names warnings too: rows that are imported but deserve a look.")
    var warnings = false

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let catalogs = try CatalogOnDisk.inOrderOfImport(files)
        let (home, place, accepting, showsWarnings) = (
            try Home.find(option: options.home), try options.place(), acceptTheRest, warnings
        )
        try await interruptibly {
            let outcome = try await place.useMigrated(by: Migrator(directory: home.migrations)) { conninfo in
                try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
                    try await CatalogImport(catalogs: catalogs, acceptingTheRest: accepting)
                        .run(in: owner, at: TimeSource.system.now)
                }
            }
            for line in outcome.lines(withWarnings: showsWarnings) { Terminal.say(line) }
            guard outcome.isApplied else {
                throw CommandFailure(
                    "Nothing was imported: \(outcome.skipped) rows cannot be used: mend them, or import the others with "
                        + "--accept-the-rest.")
            }
        }
    }
}

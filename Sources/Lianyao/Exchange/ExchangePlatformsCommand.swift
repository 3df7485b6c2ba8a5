import ArgumentParser
import PlatformMessages

/// Shows the platforms that there are catalogues of, and those of which too little is known.
struct ExchangePlatformsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "platforms",
        abstract: "Lists the platforms, what each can be told and asked, and which are declared only: what is unknown of them.")

    @Option(help: ArgumentHelp("Where db and Catalogs are.", valueName: "directory"))
    var home: String?

    func run() async throws {
        let platforms = try PlatformsOnDisk(home: try Home.find(option: home), secretsDirectory: "")
        for (_, catalogue) in platforms.catalogues.sorted(by: { $0.key < $1.key }) {
            for line in Self.lines(of: catalogue) { Terminal.say(line) }
        }
    }

    static func lines(of catalogue: PlatformCatalogue) -> [String] {
        let description = catalogue.description
        let title = "\(description.code)  \(description.name)  \(catalogue.englishName)"
        guard catalogue.isDescribed else {
            return [title, "  declared only: no account can be registered there"] + catalogue.known.map { "  known: \($0)" }
                + catalogue.unknown.map { "  unknown: \($0)" }
        }
        return [
            title, "  tells \(catalogue.tellable.map(\.rawValue).sorted().joined(separator: ", "))",
            "  asks \(catalogue.askable.map(\.rawValue).sorted().joined(separator: ", "))", "  \(description.confidence)",
        ]
    }
}

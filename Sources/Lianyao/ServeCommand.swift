import ArgumentParser
import EmbeddedPostgres
import FHIR
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// Serves the HTTP interface until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Migrates the database and serves until Ctrl-C or SIGTERM.")

    @OptionGroup var options: DatabaseOptions

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes any free one.")
    var port = 8080

    @Option(help: "How many connections to the database, 1 to 80.")
    var connections = 8

    @Flag(
        help: """
            Accepts tokens dev:<person>@<consortium>, which anyone can write: only on a machine that holds no real data.
            """)
    var developmentSignIn = false

    @Option(
        help: ArgumentHelp(
            """
            Keeps the log of the program's own database in this directory, best on another disk, so that a backup can be \
            brought to any later moment; remembered until another directory or `none` is given. \(Self.archiveVariable) says \
            the same.
            """, valueName: "directory"))
    var archive: String?

    @Option(
        name: .customLong("public-url"),
        help: ArgumentHelp(
            "How the service is reached from outside, for the addresses in FHIR answers; as each caller names it unless told.",
            valueName: "url"))
    var publicURL: String?

    @Option(
        name: .customLong("code-system"), parsing: .singleValue,
        help: ArgumentHelp(
            "What a code system is called in FHIR messages; may stand several times. Names: \(CodeSystems.names.joined(separator: ", ")).",
            valueName: "name=uri"))
    var codeSystems: [String] = []

    static let archiveVariable = "LIANYAO_ARCHIVE"

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is from 0 to 65535.") }
        guard (1...80).contains(connections) else { throw ValidationError("--connections is from 1 to 80.") }
        if let publicURL {
            guard ["http://", "https://"].contains(where: publicURL.hasPrefix), !publicURL.hasSuffix("/") else {
                throw ValidationError("--public-url begins with http:// or https:// and has no slash at its end.")
            }
        }
        _ = try systems()
    }

    private func systems() throws -> CodeSystems {
        var systems = CodeSystems.standard
        for named in codeSystems {
            let parts = named.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, systems.call(parts[0], parts[1]) else {
                throw ValidationError("--code-system is NAME=URI, NAME one of \(CodeSystems.names.joined(separator: ", ")).")
            }
        }
        return systems
    }

    func run() async throws {
        let address = ListeningAddress(host: host, port: port)
        let home = try Home.find(option: options.home)
        let serving = Serving(
            home: home, place: try options.place(), address: address,
            connections: connections, acceptsDevelopmentSignIn: developmentSignIn, archive: archiveChoice,
            publicURL: publicURL, systems: try systems(),
            platforms: try PlatformsOnDisk(home: home, secretsDirectory: ExchangeOptions.secretsDirectory(beside: options)),
            logger: Logger(label: "lianyao"))
        try address.requireFree()
        try await silentGroup(of: serving, endedBy: [.sigint, .sigterm]).run()
    }

    private var archiveChoice: ArchiveChoice {
        let named = archive ?? ProcessInfo.processInfo.environment[Self.archiveVariable] ?? ""
        return switch named {
        case "": .asBefore
        case "none": .none
        default: .directory(named)
        }
    }
}

import ArgumentParser
import EmbeddedPostgres
import Foundation

/// Where the database and the program's files are: the options that every command has.
struct DatabaseOptions: ParsableArguments {
    static let variable = "DATABASE_URL"
    static let directoryDefault = ".lianyao"

    @Option(
        help: ArgumentHelp(
            "Where the program keeps its own database (default: \(Self.directoryDefault)).", valueName: "directory"))
    var dataDirectory: String?

    @Option(
        name: .customLong("database-url"),
        help: ArgumentHelp(
            "A PostgreSQL server to use instead; \(Self.variable) says the same and shows in no list of processes.",
            valueName: "url"))
    var databaseURL: String?

    @Option(
        help: ArgumentHelp(
            "The directory that holds db/ and Catalogs/ (default: \(Home.variable), else found here or above the program).",
            valueName: "directory"))
    var home: String?

    func validate() throws {
        if dataDirectory != nil, databaseURL != nil {
            throw ValidationError("Give either --data-directory or --database-url.")
        }
    }

    /// Where the database is. An option counts more than the environment.
    ///
    /// - Throws: `EmbeddedPostgresError` when a private database is asked for and PostgreSQL is not installed.
    func place(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> DatabasePlace {
        if let databaseURL { return .server(conninfo: databaseURL) }
        if dataDirectory == nil, let url = environment[Self.variable], !url.isEmpty { return .server(conninfo: url) }
        return .embedded(try Cluster(directory: dataDirectory ?? Self.directoryDefault))
    }
}

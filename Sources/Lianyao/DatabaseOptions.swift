import ArgumentParser
import EmbeddedPostgres
import Foundation
import Postgres

/// Where the database and the program's files are: the options that every command has.
struct DatabaseOptions: ParsableArguments {
    static let variable = "DATABASE_URL"
    /// `unverified` lets the program speak to a server across a network without verifying it.
    static let trustVariable = "DATABASE_TLS"
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
    /// - Throws: `ConnectionStringError` when the server would not be verified; `EmbeddedPostgresError` when a private
    ///   database is asked for and PostgreSQL is not installed.
    func place(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> DatabasePlace {
        let url = databaseURL ?? (dataDirectory == nil ? environment[Self.variable] : nil)
        if let url, databaseURL != nil || !url.isEmpty {
            let allowsUnverified = environment[Self.trustVariable] == "unverified"
            return .server(
                conninfo: try ConnectionString(url, environment: environment, allowsUnverified: allowsUnverified).conninfo)
        }
        return .embedded(try Cluster(directory: dataDirectory ?? Self.directoryDefault))
    }
}

import Foundation
public import Postgres

/// The queries that must return no rows: each row is a defect of the data.
///
/// They are the statements of `*.sql` in a directory, each with a leading comment that says what it proves.
public struct Verification: Sendable {
    /// One query that returned rows, or could not be run.
    public struct Defect: Sendable, Hashable, CustomStringConvertible {
        public let file: String
        /// What the query proves when it returns no rows.
        public let proves: String
        /// At most ``Verification/rowsMax`` of its rows, as JSON objects.
        public let rows: [String]

        public var description: String {
            "\(file): \(proves)\n" + rows.map { "    \($0)" }.joined(separator: "\n")
        }
    }

    /// How many rows of one query a defect shows.
    public static let rowsMax = 20

    private let directory: String

    /// - Parameter directory: where the files are.
    public init(directory: String) {
        self.directory = directory
    }

    /// Runs every query and tells which returned rows.
    ///
    /// - Parameter database: a database whose role sees every tenant's rows, the owner.
    /// - Throws: ``MigrationError`` `unreadable`; `PostgresError` when there is no connection.
    public func defects(in database: Database) async throws -> [Defect] {
        let files = try files()
        return try await database.read { transaction in
            try files.flatMap { file in
                try file.script.statements.compactMap { try defect(of: $0, in: file.name, transaction) }
            }
        }
    }

    private func files() throws -> [(name: String, script: SQLScript)] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
            throw MigrationError.unreadable(directory)
        }
        return try names.filter { $0.hasSuffix(".sql") && !$0.hasPrefix(".") }.sorted().map { name in
            guard let text = try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8) else {
                throw MigrationError.unreadable("\(directory)/\(name)")
            }
            return (name, SQLScript(text))
        }
    }

    private func defect(
        of statement: SQLScript.Statement, in file: String, _ transaction: Transaction
    ) throws -> Defect? {
        // The text comes from reviewed files of this repository, not from input, and has no values. It is planned for all of its
        // rows, of which there should be none: for the first few the planner goes through tables row by row.
        let query = SQL(
            stringLiteral: """
                WITH defect AS MATERIALIZED (
                \(statement.text)
                ) SELECT row_to_json(defect)::text AS defect FROM defect LIMIT \(Self.rowsMax)
                """)
        do {
            let rows = try transaction.savepoint { try transaction.query(query) { try $0["defect"] as String } }
            return rows.isEmpty ? nil : Defect(file: file, proves: statement.comment, rows: rows)
        } catch let error as PostgresError where error.kind == .statement {
            return Defect(file: file, proves: statement.comment, rows: ["the query failed: \(String(reflecting: error))"])
        }
    }
}

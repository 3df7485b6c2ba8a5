import EmbeddedPostgres
import Foundation
import Postgres

/// Lends `body` a path for a data directory that does not exist yet, and clears up whatever became of it.
func withDataDirectory(named name: String = "data", _ body: (String) async throws -> Void) async throws {
    let root = "/tmp/lianyao-cluster-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
        atPath: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let directory = "\(root)/\(name)"
    defer {
        if let leftover = try? Cluster(directory: directory, options: .volatile), leftover.serverProcess != nil {
            try? leftover.start()
            try? leftover.stopImmediately()
        }
        try? FileManager.default.removeItem(atPath: root)
    }
    try await body(directory)
}

extension Cluster {
    /// Runs one transaction in `database` on a connection of its own.
    func write<Value: Sendable>(
        _ database: String = "postgres", _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let connection = Database(DatabaseConfiguration(conninfo: conninfo(database: database), connections: 1))
        do {
            let value = try await connection.write(body)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    func setting(_ name: String) async throws -> String? {
        try await write { transaction in
            try transaction.first("SELECT current_setting(\(name)) AS value") { try $0["value"] as String }
        }
    }
}

func mode(of path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
}

let isRoot = geteuid() == 0

extension String {
    /// Replaces the file at `path`, so that the server's user can read it too.
    func rewrite(_ path: String) throws {
        try write(toFile: path, atomically: false, encoding: .utf8)
        chmod(path, 0o644)
    }
}

struct ProgramFailed: Error { let output: String }

/// Runs one of PostgreSQL's programs on a stopped cluster.
func runProgram(_ path: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let said = (try? output.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ProgramFailed(output: String(decoding: said ?? Data(), as: UTF8.self)) }
}

/// Where the newest PostgreSQL's programs are.
let programs = "/usr/lib/postgresql/\(newestMajor)/bin"
let newestMajor =
    ((try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []).compactMap { Int($0) }.max() ?? 0

extension Cluster {
    func disableChecksums() throws { try runProgram("\(programs)/pg_checksums", ["--disable", "-D", "\(directory)/postgres"]) }
}

/// Flips one bit of the byte at `offset` of a file.
func damage(_ path: String, at offset: UInt64) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seek(toOffset: offset)
    let byte = try file.read(upToCount: 1)?.first ?? 0
    try file.seek(toOffset: offset)
    try file.write(contentsOf: Data([byte ^ 0x10]))
}

/// Makes a directory of programs that say they are PostgreSQL of another major version.
func withPrograms(ofMajor major: Int, _ body: (String) async throws -> Void) async throws {
    let bin = "/tmp/lianyao-programs-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: bin) }
    for name in ["initdb", "postgres", "pg_ctl", "createdb", "dropdb", "pg_isready"] {
        try "#!/bin/sh\necho 'postgres (PostgreSQL) \(major).1'\n".write(
            toFile: "\(bin)/\(name)", atomically: false, encoding: .utf8)
        chmod("\(bin)/\(name)", 0o755)
    }
    try await body(bin)
}

import Foundation

/// PostgreSQL's programs as a package installed them.
struct Installation: Sendable, Equatable {
    /// The oldest major version whose SQL the schema may use.
    static let majorMin = 15
    static let overrideVariable = "LIANYAO_POSTGRES_BIN"
    private static let needed = ["initdb", "postgres", "pg_ctl", "createdb", "dropdb", "pg_isready"]

    let major: Int
    /// The directory that holds `initdb`, `postgres`, `pg_ctl`, ….
    let programs: String

    func path(_ program: String) -> String { "\(programs)/\(program)" }

    /// A program that only some commands need.
    ///
    /// - Throws: ``BackupError`` `programMissing`.
    func extra(_ program: String) throws(BackupError) -> String {
        guard access(path(program), X_OK) == 0 else { throw .programMissing(program, major: major) }
        return path(program)
    }

    /// What is installed, the newest first: the directory that `LIANYAO_POSTGRES_BIN` names and nothing else, or
    /// Debian's `/usr/lib/postgresql/<major>/bin`, or else the directories of `PATH`.
    static func all(environment: [String: String], packages: String = "/usr/lib/postgresql") -> [Installation] {
        if let named = environment[overrideVariable], !named.isEmpty {
            return [at(named)].compactMap { $0 }
        }
        let majors = (try? FileManager.default.contentsOfDirectory(atPath: packages)) ?? []
        let packaged = majors.compactMap { name -> Installation? in
            guard let major = Int(name), major >= majorMin else { return nil }
            let installation = Installation(major: major, programs: "\(packages)/\(name)/bin")
            return installation.isComplete ? installation : nil
        }
        if !packaged.isEmpty { return packaged.sorted { $0.major > $1.major } }
        let directories = (environment["PATH"] ?? Program.path).split(separator: ":").map(String.init)
        return directories.lazy.compactMap(at).first.map { [$0] } ?? []
    }

    private var isComplete: Bool {
        Self.needed.allSatisfy { access(path($0), X_OK) == 0 }
    }

    private static func at(_ programs: String) -> Installation? {
        let candidate = Installation(major: 0, programs: programs)
        guard candidate.isComplete else { return nil }
        // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
        let words = Program.run([candidate.path("postgres"), "--version"]).output.split(separator: " ")
        guard words.count > 2, let major = Int(words[2].prefix(while: \.isNumber)), major >= majorMin else { return nil }
        return Installation(major: major, programs: programs)
    }
}

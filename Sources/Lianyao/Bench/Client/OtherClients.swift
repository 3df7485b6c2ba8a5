import EmbeddedPostgres
import Foundation

/// The clients that this program's own is measured beside, each a program that is started for its turn.
final class OtherClients: Sendable {
    static let pgbench = "pgbench, prepared"
    static let psql = "psql, \\copy of a file"
    static let psycopg = "Python, psycopg 3"

    struct Contender: Sendable {
        let name: String
        /// The command with which it is there when it succeeds.
        let probe: [String]
    }

    let missing: [String]
    let transacting: [Contender]
    let loading: [Contender]
    private let environment: [String: String]
    private let scratch: String
    /// The command of the Python client.
    private let python: [String]

    /// - Parameters:
    ///   - scratch: a directory for scripts and logs, made by ``prepare()``.
    ///   - python: the path of the Python client.
    init(socketDirectory: String, database: String, scratch: String, python: String?) {
        environment = ProcessInfo.processInfo.environment.merging(
            [
                "PGHOST": socketDirectory, "PGPORT": "\(Cluster.port)", "PGUSER": Cluster.user, "PGDATABASE": database,
                "PGSSLMODE": "disable",
            ]
        ) { $1 }
        self.scratch = scratch
        // The system's packages are the system's Python's, which need not be the first on the path.
        let interpreter = ["python3", "/usr/bin/python3"].first { (try? Self.run([$0, "-c", "import psycopg"])) != nil }
        self.python = [interpreter, python].compactMap { $0 }
        let programs = [
            Contender(name: Self.pgbench, probe: ["pgbench", "--version"]),
            Contender(name: Self.psql, probe: ["psql", "--version"]),
            Contender(name: Self.psycopg, probe: self.python.count == 2 ? ["true"] : ["false"]),
        ]
        let there = programs.filter { (try? Self.run($0.probe)) != nil }
        missing = programs.filter { program in !there.contains { $0.name == program.name } }.map { "\($0.name): not there" }
        transacting = there.filter { $0.name != Self.psql }
        loading = there.filter { $0.name != Self.pgbench }
    }

    func prepare() throws {
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        for workload in ClientWorkload.allCases {
            try workload.script.write(toFile: "\(scratch)/\(workload.rawValue).sql", atomically: false, encoding: .utf8)
        }
    }

    /// The latency of each transaction of a turn, in microseconds.
    func latencies(
        of contender: Contender, _ workload: ClientWorkload, clients: Int, seconds: Int
    ) throws -> [Int64] {
        if contender.name == Self.psycopg {
            let arguments = [workload.rawValue, "\(clients)", "\(seconds)", "\(ClientWorkload.accounts)"]
            return try runPython(arguments).compactMap { Int64($0) }
        }
        let threads = min(clients, ProcessInfo.processInfo.activeProcessorCount)
        let log = "\(scratch)/log"
        _ = try Self.run(
            [
                "pgbench", "--no-vacuum", "--protocol=prepared", "--client=\(clients)", "--jobs=\(threads)", "--time=\(seconds)",
                "--log", "--log-prefix=\(log)", "--file=\(scratch)/\(workload.rawValue).sql",
            ], environment)
        // <log>.<process>[.<thread>]: client, number, microseconds, script, time
        let files = try FileManager.default.contentsOfDirectory(atPath: scratch).filter { $0.hasPrefix("log.") }
        return try files.flatMap { name in
            let path = "\(scratch)/\(name)"
            defer { try? FileManager.default.removeItem(atPath: path) }
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
                line.split(separator: " ").dropFirst(2).first.flatMap { Int64($0) }
            }
        }
    }

    /// Writes the rows of the bulk load for `psql`.
    func writeRows(_ rows: Int) throws {
        var text: [UInt8] = []
        for number in 1...rows { text += "\(number)\tarticle \(number)\t\(number % 1_000)\n".utf8 }
        try Data(text).write(to: URL(fileURLWithPath: "\(scratch)/rows"))
    }

    /// How long a bulk load took, in microseconds; for `psql` the start of the program is a part of it.
    func load(with contender: Contender, rows: Int) throws -> Int64 {
        if contender.name == Self.psycopg {
            guard let time = try runPython(["load", "\(rows)"]).first.flatMap({ Int64($0) }) else {
                throw CommandFailure("\(contender.name) has not said how long it took.")
            }
            return time
        }
        let time = try ContinuousClock().measure {
            _ = try Self.run(["psql", "--quiet", "--no-psqlrc", "--command=\\copy bulk from '\(scratch)/rows'"], environment)
        }
        return time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
    }

    private func runPython(_ arguments: [String]) throws -> [Substring] {
        try Self.run(python + arguments, environment).split(separator: "\n")
    }

    /// What a program writes to standard output.
    ///
    /// - Throws: ``CommandFailure`` when it does not succeed.
    private static func run(_ command: [String], _ environment: [String: String]? = nil) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        if let environment { process.environment = environment }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try start(process)
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandFailure("\(command[0]) failed with code \(process.terminationStatus).")
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Starts a program with no signal blocked: it inherits its mask from a task's thread, which lets none through, and
    /// pgbench ends by an alarm.
    private static func start(_ process: Process) throws {
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_UNBLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }
}

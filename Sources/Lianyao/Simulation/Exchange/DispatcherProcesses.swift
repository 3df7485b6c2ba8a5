import Foundation

/// Dispatchers that run as processes of their own, so that they can be killed.
final class DispatcherProcesses {
    private let executable: URL
    private let arguments: [String]
    private let environment: [String: String]
    private let log: FileHandle
    private var running: [Process] = []

    /// - Parameters:
    ///   - conninfo: of the database.
    ///   - secrets: the directory of the secrets.
    ///   - log: the file in which they say what they say.
    init(home: Home, conninfo: String, secrets: String, log: String) throws {
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        self.log = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        executable = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        arguments = [
            "exchange", "run", "--until-quiet", "--home", home.directory, "--secrets", secrets, "--pause", "100", "--pause-most",
            "2000",
            "--wish-most", "2000", "--request-time", "5000", "--claim-margin", "1000",
        ]
        environment = ProcessInfo.processInfo.environment.merging([DatabaseOptions.variable: conninfo]) { $1 }
    }

    /// Starts as many as are missing.
    func keep(_ count: Int) throws {
        running.removeAll { !$0.isRunning }
        while running.count < count {
            let process = Process()
            process.executableURL = executable
            process.arguments = arguments
            process.environment = environment
            process.standardOutput = log
            process.standardError = log
            try process.run()
            running.append(process)
        }
    }

    /// Kills one of those that run.
    ///
    /// - Returns: whether there was one.
    func killOne(using random: inout some RandomNumberGenerator) -> Bool {
        guard let victim = running.filter(\.isRunning).randomElement(using: &random) else { return false }
        kill(victim.processIdentifier, SIGKILL)
        victim.waitUntilExit()
        return true
    }

    func stop() {
        for process in running where process.isRunning { process.terminate() }
        for process in running { process.waitUntilExit() }
        running = []
    }
}

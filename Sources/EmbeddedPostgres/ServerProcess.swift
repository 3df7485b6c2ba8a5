import Foundation

/// What `postmaster.pid` in a cluster's directory says, checked against the processes there are.
enum ServerProcess {
    /// The process of the server that runs in `data`.
    static func running(in data: String) -> Int32? {
        guard let process = written(in: data) else { return nil }
        return isServer(process, in: data) ? process : nil
    }

    /// Removes a `postmaster.pid` whose process is alive but is something else, as after a restart of the machine
    /// or container; PostgreSQL would take that process for its server and refuse to start.
    static func forgetReused(in data: String) {
        guard let process = written(in: data), kill(process, 0) == 0, !isServer(process, in: data) else { return }
        unlink("\(data)/postmaster.pid")
    }

    private static func written(in data: String) -> Int32? {
        guard let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8),
            let line = text.split(separator: "\n").first
        else { return nil }
        return Int32(line.trimmingCharacters(in: .whitespaces))
    }

    /// A server's working directory is its cluster.
    private static func isServer(_ process: Int32, in data: String) -> Bool {
        guard process > 0, let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
        else { return false }
        return place == data
    }
}

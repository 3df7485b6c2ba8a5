import Foundation

/// What `postmaster.pid` in a cluster's directory says, checked against the processes there are.
enum ServerProcess {
    /// The process of the server that runs in `data`.
    static func running(in data: String) -> Int32? {
        guard let process = written(to: file(in: data)), works(process, in: data) else { return nil }
        return process
    }

    /// Whether the server has ended its recovery and takes connections that may write.
    static func isReady(in data: String) -> Bool {
        // The eighth line is the server's state.
        let lines = (try? String(contentsOfFile: file(in: data), encoding: .utf8))?
            .split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.count > 7 && $0[7].hasPrefix("ready") } ?? false
    }

    /// A process that still works in `data`: after the server was killed, a session that has not noticed yet.
    static func survivor(in data: String) -> Int32? {
        all.first { works($0, in: data) }
    }

    /// The processes of the program `name` that work in `directory`.
    static func processes(of name: String, in directory: String) -> [Int32] {
        all.filter { process in
            works(process, in: directory)
                && (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)) == "\(name)\n"
        }
    }

    private static var all: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    /// Removes `postmaster.pid` and the socket's lock when their process is something else by now, as after a restart
    /// of the machine or container, or is dead and not yet buried: PostgreSQL would take it for its server and refuse
    /// to start.
    ///
    /// - Precondition: no process works in `data`; `postmaster.pid` is also PostgreSQL's way to find survivors.
    static func forgetReused(in data: String, socketDirectory: String) {
        for file in [file(in: data), "\(socketDirectory)/.s.PGSQL.\(Cluster.port).lock"] {
            guard let process = written(to: file), kill(process, 0) == 0, !works(process, in: data) else { continue }
            unlink(file)
        }
    }

    private static func file(in data: String) -> String { "\(data)/postmaster.pid" }

    private static func written(to file: String) -> Int32? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let line = text.split(separator: "\n").first
        else { return nil }
        return Int32(line.trimmingCharacters(in: .whitespaces))
    }

    /// A server and its sessions have their cluster as working directory.
    private static func works(_ process: Int32, in data: String) -> Bool {
        guard process > 0, let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
        else { return false }
        return place == data
    }
}

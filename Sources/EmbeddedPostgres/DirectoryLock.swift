import Foundation

/// A lock on a file, held until it is released or the process ends, however it ends.
final class DirectoryLock: Sendable {
    private let file: Int32

    /// Takes the lock on the file at `path`, which is made when it is missing; `nil` when another process holds it.
    init?(_ path: String, shared: Bool = false) throws(EmbeddedPostgresError) {
        // Closed on exec: the server would otherwise inherit the lock and keep it after this program's death.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw .directoryUnusable(directory: path, reason: Program.reason(errno))
        }
        guard flock(file, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
        self.file = file
        if !shared { writeProcess() }
    }

    // Released before it is closed: a child between its start and its exec still holds the same open file.
    deinit {
        flock(file, LOCK_UN)
        close(file)
    }

    /// Turns a shared lock into the only one; `false` when others share it.
    func becomeExclusive() -> Bool { flock(file, LOCK_EX | LOCK_NB) == 0 }

    /// The process that said it holds the lock on the file at `path`.
    static func holder(of path: String) -> Int32? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private func writeProcess() {
        let text = Array("\(getpid())\n".utf8)
        ftruncate(file, 0)
        pwrite(file, text, text.count, 0)
    }
}

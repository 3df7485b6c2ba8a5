import Foundation

/// A directory that is made beside its place, as `<place>.unfinished`, and moved there when it is whole, so that what
/// was interrupted never looks like a backup or a data directory.
final class UnfinishedDirectory {
    private static let leftoverSecondsMax = 30

    /// Where it will be.
    let place: String
    /// Where it is made.
    let path: String
    private let file: Int32
    private var isOver = false

    /// Makes an empty directory, first removing what an interrupted attempt has left.
    ///
    /// - Parameter passable: whether another user must be able to pass through it.
    /// - Throws: ``BackupError`` `notEmpty`, `parentMissing`, `mountPoint`, `overlaps`, `busy`, `notMade`.
    init(for named: String, apartFrom others: [String], passable: Bool = false) throws(BackupError) {
        place = FilePlace.real(named)
        path = "\(place).unfinished"
        let parent = FilePlace.parent(of: place)
        for other in others where FilePlace.lies(place, in: other) || FilePlace.lies(other, in: place) {
            throw .overlaps(place, with: other)
        }
        if access(place, F_OK) == 0 {
            guard let names = FilePlace.names(in: place), names.isEmpty else { throw .notEmpty(place) }
            guard FilePlace.device(of: place) == FilePlace.device(of: parent) else { throw .mountPoint(place) }
        }
        guard FilePlace.names(in: parent) != nil else { throw .parentMissing(parent) }
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw .notMade(path, reason: Program.reason(errno)) }
        file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { throw .notMade(path, reason: Program.reason(errno)) }
        do {
            guard flock(file, LOCK_EX | LOCK_NB) == 0, Self.isSame(file, path) else { throw BackupError.busy(place) }
            try Self.clear(path)
            guard fchmod(file, passable ? 0o711 : 0o700) == 0 else {
                throw BackupError.notMade(path, reason: Program.reason(errno))
            }
        } catch {
            close(file)
            throw error as? BackupError ?? .notMade(path, reason: error.localizedDescription)
        }
    }

    deinit {
        remove()
        close(file)
    }

    /// Moves it to its place, on the disk.
    func finish() throws(BackupError) {
        // PostgreSQL has synchronized the files of the cluster itself.
        for name in FilePlace.names(in: path) ?? [] { FilePlace.synchronize("\(path)/\(name)") }
        FilePlace.synchronize(path)
        rmdir(place)
        guard rename(path, place) == 0 else { throw .notMade(place, reason: Program.reason(errno)) }
        isOver = true
        FilePlace.synchronize(FilePlace.parent(of: place))
    }

    /// Removes it, unless it is finished.
    func remove() {
        guard !isOver else { return }
        isOver = true
        try? Self.clear(path)
        rmdir(path)
    }

    /// Whether nobody has moved the directory away before it was locked.
    private static func isSame(_ file: Int32, _ path: String) -> Bool {
        var (opened, found) = (stat(), stat())
        return fstat(file, &opened) == 0 && lstat(path, &found) == 0 && opened.st_ino == found.st_ino
    }

    /// Ends what an interrupted attempt left running there, then removes what it wrote.
    private static func clear(_ path: String) throws {
        for _ in 0..<leftoverSecondsMax * 10 {
            let servers = ServerProcess.processes(of: "postgres", in: "\(path)/postgres")
            let copying = ServerProcess.processes(of: "pg_basebackup", in: path)
            if servers.isEmpty, copying.isEmpty { break }
            // A server stops at once, without a checkpoint.
            for process in servers { kill(process, SIGQUIT) }
            for process in copying { kill(process, SIGTERM) }
            usleep(100_000)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            try FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
    }
}

import Foundation

/// The user the server runs as. PostgreSQL refuses to run as root, so root hands it to the package's user.
struct ServerUser: Sendable, Equatable {
    let id: uid_t
    let group: gid_t
    let name: String
    /// What stands before a command so that this user runs it; empty for the present user.
    let prefix: [String]

    /// The present user; for root, the user `postgres`, or else `nobody`.
    static func forThisProcess() throws(EmbeddedPostgresError) -> ServerUser {
        guard geteuid() == 0 else {
            return ServerUser(id: geteuid(), group: getegid(), name: name(of: geteuid()), prefix: [])
        }
        guard let tool = ["/usr/bin/setpriv", "/bin/setpriv"].first(where: { (path: String) in access(path, X_OK) == 0 }) else {
            throw .toolNotFound("setpriv")
        }
        for name in ["postgres", "nobody"] {
            guard let entry = getpwnam(name) else { continue }
            let (id, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
            return ServerUser(
                id: id, group: group, name: name,
                prefix: [tool, "--reuid=\(id)", "--regid=\(group)", "--clear-groups", "--"])
        }
        throw .toolNotFound("the user postgres or nobody")
    }

    /// A user's name, or `user 1234` when it has none.
    static func name(of id: uid_t) -> String {
        guard let entry = getpwuid(id), let name = entry.pointee.pw_name else { return "user \(id)" }
        return String(cString: name)
    }

    func run(_ command: [String]) -> ProgramOutcome { Program.run(prefix + command) }

    /// Makes `directory` if it is missing, for this user alone (mode 0700).
    ///
    /// - Throws: `ownedByAnotherUser` when it exists and is somebody else's.
    func makePrivate(_ directory: String) throws(EmbeddedPostgresError) {
        if mkdir(directory, 0o700) == 0 {
            guard id == geteuid() || chown(directory, id, group) == 0 else {
                throw .directoryUnusable(directory: directory, reason: Program.reason(errno))
            }
        } else if errno != EEXIST {
            let number = errno
            if number == ENOSPC { throw .diskFull(directory: directory, freeBytes: nil) }
            throw .directoryUnusable(directory: directory, reason: Program.reason(number))
        }
        try checkOwns(directory)
        guard chmod(directory, 0o700) == 0 else {
            throw .directoryUnusable(directory: directory, reason: Program.reason(errno))
        }
    }

    /// As ``makePrivate(_:)``, and takes an existing empty directory over when this program may give it away.
    func adopt(_ directory: String) throws(EmbeddedPostgresError) {
        if access(directory, F_OK) == 0, !prefix.isEmpty { chown(directory, id, group) }
        try makePrivate(directory)
    }

    /// - Throws: `ownedByAnotherUser`, or `directoryUnusable` when it is no directory.
    func checkOwns(_ directory: String) throws(EmbeddedPostgresError) {
        var found = stat()
        guard lstat(directory, &found) == 0 else {
            throw .directoryUnusable(directory: directory, reason: Program.reason(errno))
        }
        guard found.st_mode & S_IFMT == S_IFDIR else {
            throw .directoryUnusable(directory: directory, reason: "it is not a directory")
        }
        guard found.st_uid == id else {
            throw .ownedByAnotherUser(directory: directory, owner: Self.name(of: found.st_uid), expected: name)
        }
    }

    /// - Throws: `notReachable` with the outermost directory on the way to `directory` that this user cannot enter.
    func checkReaches(_ directory: String) throws(EmbeddedPostgresError) {
        guard !prefix.isEmpty, !canEnter(directory) else { return }
        var path = ""
        for part in directory.split(separator: "/") {
            path += "/\(part)"
            if !canEnter(path) { throw .notReachable(directory: path, user: name) }
        }
    }

    private func canEnter(_ directory: String) -> Bool { run(["/usr/bin/test", "-x", directory]).succeeded }
}

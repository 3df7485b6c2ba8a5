import Foundation

/// Making, starting and stopping; the caller holds the lock.
extension Cluster {
    private static let startSecondsMax = 300
    private static let survivorSecondsMax = 30
    private static let logBytesMax: Int64 = 10 * 1_048_576

    var isReady: Bool {
        Program.run([
            installations[0].path("pg_isready"), "--quiet", "--host=\(socketDirectory)", "--port=\(Self.port)",
        ]).succeeded
    }

    /// Makes the data directory: private, except that root must let the server's user pass through it.
    func prepareDirectory() throws(EmbeddedPostgresError) {
        let passes = !user.prefix.isEmpty
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true,
                attributes: [.posixPermissions: passes ? 0o711 : 0o700])
        } catch {
            throw .directoryUnusable(directory: directory, reason: error.localizedDescription)
        }
        guard access(directory, W_OK | X_OK) == 0 else {
            throw .directoryUnusable(directory: directory, reason: Program.reason(errno))
        }
        try user.checkReaches(directory)
    }

    func bringUp(archive choice: ArchiveChoice = .asBefore) throws(EmbeddedPostgresError) {
        if access("\(data)/PG_VERSION", F_OK) != 0, access(data, X_OK) != 0 || isEmpty(data) {
            try create(with: installations[0])
        }
        try user.checkOwns(data)
        let installation = try installationForData()
        let archive = try settle(choice, with: installation)
        if serverProcess != nil, archivesOtherwise(than: archive) { try bringDown(mode: "fast") }
        try user.makePrivate(socketDirectory)
        if serverProcess != nil {
            try adopt()
        } else {
            try writeSettings(archive?.settings(in: data) ?? "")
            try writeScript(of: archive)
            try checkDurability(with: installation, archive: archive)
            try launch(installation)
        }
    }

    /// Writes the settings that this program decides.
    func writeSettings(_ further: String) throws(EmbeddedPostgresError) {
        try put(
            options.settings(socketDirectory: socketDirectory) + further, to: "\(data)/lianyao.conf",
            flags: O_WRONLY | O_CREAT | O_TRUNC)
    }

    func bringDown(mode: String) throws(EmbeddedPostgresError) {
        guard serverProcess != nil else { return }
        let outcome = user.run([
            try installationForData().path("pg_ctl"), "stop", "-D", data, "-m", mode, "-w", "-t", "120", "-s",
        ])
        guard outcome.succeeded || serverProcess == nil else { throw .stopFailed(output: outcome.output) }
        if !socketDirectory.hasPrefix(directory) { rmdir(socketDirectory) }
    }

    /// Makes the cluster beside its place and moves it there when it is whole, so that an interrupted attempt
    /// leaves nothing that looks like a cluster.
    func create(with installation: Installation) throws(EmbeddedPostgresError) {
        try checkFreeBytes()
        let unfinished = "\(data).new"
        try? FileManager.default.removeItem(atPath: unfinished)
        try user.makePrivate(unfinished)
        let outcome = user.run(
            [
                installation.path("initdb"), "--pgdata=\(unfinished)", "--username=\(Self.user)", "--encoding=UTF8",
                "--locale=C.UTF-8", "--data-checksums", "--auth-local=trust", "--auth-host=reject", "--no-instructions",
            ] + (options.isDurable ? [] : ["--no-sync"]))
        guard outcome.succeeded else {
            try? FileManager.default.removeItem(atPath: unfinished)
            if isDiskFull(outcome.output) { throw .diskFull(directory: directory, freeBytes: nil) }
            throw .initializationFailed(output: lastLines(of: outcome.output))
        }
        try put("# Settings of your own; they win.\n", to: "\(unfinished)/local.conf", flags: O_WRONLY | O_CREAT | O_EXCL)
        try put(
            "\ninclude = 'lianyao.conf'\ninclude_if_exists = 'local.conf'\n", to: "\(unfinished)/postgresql.conf",
            flags: O_WRONLY | O_APPEND)
        rmdir(data)
        guard rename(unfinished, data) == 0 else {
            throw .directoryUnusable(directory: data, reason: Program.reason(errno))
        }
    }

    private func checkFreeBytes() throws(EmbeddedPostgresError) {
        guard let free = FilePlace.freeBytes(at: directory), free < Self.freeBytesMin else { return }
        throw .diskFull(directory: directory, freeBytes: free)
    }

    /// What the data says of its major version.
    var majorOfData: String? {
        (try? String(contentsOfFile: "\(data)/PG_VERSION", encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func installationForData() throws(EmbeddedPostgresError) -> Installation {
        guard let made = majorOfData else {
            throw .directoryUnusable(directory: data, reason: "it holds files but no PostgreSQL cluster")
        }
        guard let installation = installations.first(where: { String($0.major) == made }) else {
            throw .madeByAnotherVersion(directory: data, made: made, installed: installations.map(\.major))
        }
        return installation
    }

    private func adopt() throws(EmbeddedPostgresError) {
        for _ in 0..<Self.startSecondsMax * 10 where serverProcess != nil {
            if isReady { return }
            usleep(100_000)
        }
        throw .startFailed(log: logTail(from: 0))
    }

    private func launch(_ installation: Installation) throws(EmbeddedPostgresError) {
        try waitForSurvivors()
        ServerProcess.forgetReused(in: data, socketDirectory: socketDirectory)
        if size(of: log) > Self.logBytesMax { rename(log, "\(log).old") }
        let start = size(of: log)
        let outcome = user.run(startCommand(installation, secondsMax: Self.startSecondsMax))
        guard !outcome.succeeded else { return }
        let tail = logTail(from: start)
        if isDiskFull(tail + outcome.output) { throw .diskFull(directory: directory, freeBytes: nil) }
        throw .startFailed(log: tail.isEmpty ? outcome.output : tail)
    }

    /// What starts the server and waits until it can be used; run it as the server's user.
    ///
    /// - Parameter arguments: for the server; they win over every file.
    func startCommand(_ installation: Installation, secondsMax: Int, arguments: String = "") -> [String] {
        [
            installation.path("pg_ctl"), "start", "-D", data, "-l", log, "-w", "-t", "\(secondsMax)", "-s", "-o", arguments,
        ]
    }

    /// Sessions of a server that was killed take a moment to notice; a second server beside them would ruin the data.
    private func waitForSurvivors() throws(EmbeddedPostgresError) {
        for _ in 0..<Self.survivorSecondsMax * 10 {
            if ServerProcess.survivor(in: data) == nil { return }
            usleep(100_000)
        }
        throw .inUse(directory: directory, process: ServerProcess.survivor(in: data))
    }

    func isDiskFull(_ text: String) -> Bool { text.contains("No space left on device") }

    private func isEmpty(_ directory: String) -> Bool {
        FilePlace.names(in: directory)?.isEmpty ?? false
    }

    private func size(of path: String) -> Int64 {
        var found = stat()
        return stat(path, &found) == 0 ? Int64(found.st_size) : 0
    }

    private func logTail(from start: Int64) -> String {
        guard let file = FileHandle(forReadingAtPath: log) else { return "" }
        let from = UInt64(max(start, size(of: log) - 8_192))
        guard (try? file.seek(toOffset: from)) != nil, let bytes = try? file.readToEnd() else { return "" }
        return lastLines(of: String(decoding: bytes, as: UTF8.self))
    }

    func lastLines(of text: String) -> String {
        text.split(separator: "\n").suffix(12).joined(separator: "\n")
    }

    func put(_ text: String, to path: String, flags: Int32) throws(EmbeddedPostgresError) {
        let file = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .directoryUnusable(directory: path, reason: Program.reason(errno)) }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard write(file, bytes, bytes.count) == bytes.count, user.id == geteuid() || fchown(file, user.id, user.group) == 0
        else {
            if errno == ENOSPC { throw .diskFull(directory: directory, freeBytes: nil) }
            throw .directoryUnusable(directory: path, reason: Program.reason(errno))
        }
    }
}

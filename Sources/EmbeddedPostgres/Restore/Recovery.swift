import Foundation

/// Replays the log in a copy of a backup's files, until its end or a moment, and starts a timeline of its own.
struct Recovery {
    /// How long a replay may take: a day.
    private static let secondsMax = 86_400
    /// How often it is asked whether the replay has ended.
    private static let interval: Duration = .milliseconds(50)
    /// Set aside meanwhile: they may ask for more than this machine has, or for an archive of their own.
    private static let (ownSettings, asideSettings) = ("local.conf", "local.conf.aside")
    private static let scriptName = "restore-segment.sh"

    let cluster: Cluster
    let installation: Installation
    let log: ArchivedLog?
    let until: BackupTime?

    private var data: String { cluster.data }

    /// - Returns: the time of the last transaction replayed.
    /// - Throws: ``BackupError`` `untilNotReached`, `untilBeforeBackup`, `recoveryFailed`; ``EmbeddedPostgresError``;
    ///   `CancellationError`.
    func run() async throws -> String? {
        try prepare()
        let outcome = try await Program.runCancellably(
            cluster.user.prefix + cluster.startCommand(installation, secondsMax: Self.secondsMax, arguments: "-c archive_mode=off"))
        guard outcome.succeeded else { throw failure(log: said, outcome.output) }
        // What starts a server waits only until it can be talked to, not until the log is replayed.
        while !ServerProcess.isReady(in: data) {
            guard cluster.serverProcess != nil else { throw failure(log: said, "") }
            try await Task.sleep(for: Self.interval)
        }
        return lastTransaction(said)
    }

    /// What the server has said in this recovery.
    private var said: String { (try? String(contentsOfFile: cluster.log, encoding: .utf8)) ?? "" }

    /// Proves that the whole archive was replayed: damage within the log would look like its end.
    ///
    /// - Throws: ``BackupError`` `endsBefore`.
    func checkEnd() throws(BackupError) {
        guard let last = log?.segments.last else { return }
        guard let end = endOfFormerTimeline, end > last.start else { throw .endsBefore(segment: last.name) }
    }

    /// Leaves what a data directory holds.
    func tidy(keeping names: [String]) throws {
        for name in [Self.scriptName, "backup_manifest", "archive-segment.sh"] { unlink("\(data)/\(name)") }
        rename("\(data)/\(Self.asideSettings)", "\(data)/\(Self.ownSettings)")
        try cluster.writeSettings("")
        FilePlace.synchronize(data)
        for name in FilePlace.names(in: cluster.directory) ?? [] where !names.contains(name) {
            try? FileManager.default.removeItem(atPath: "\(cluster.directory)/\(name)")
        }
    }

    private func prepare() throws(EmbeddedPostgresError) {
        unlink(cluster.log)
        rename("\(data)/\(Self.ownSettings)", "\(data)/\(Self.asideSettings)")
        var settings = """
            hot_standby = off
            timezone = 'Asia/Shanghai'
            recovery_target_timeline = 'current'
            recovery_target_action = 'promote'

            """
        if let log {
            try cluster.put(log.script, to: "\(data)/\(Self.scriptName)", flags: O_WRONLY | O_CREAT | O_TRUNC)
            let command = "/bin/sh \"\(data.replacing("%", with: "%%"))/\(Self.scriptName)\" \"%f\" \"%p\""
            settings += "restore_command = '\(command.replacing("'", with: "''"))'\n"
        } else {
            settings += "restore_command = '/bin/false'\n"
        }
        if let until { settings += "recovery_target_time = '\(until.setting)'\n" }
        try cluster.writeSettings(settings)
        try cluster.put("", to: "\(data)/recovery.signal", flags: O_WRONLY | O_CREAT | O_TRUNC)
        try cluster.user.makePrivate(cluster.socketDirectory)
    }

    private func failure(log said: String, _ output: String) -> BackupError {
        if let until, said.contains("recovery ended before configured recovery target was reached") {
            return .untilNotReached(until: until.text, last: lastTransaction(said), missing: log?.missing?.name)
        }
        return .recoveryFailed(log: cluster.lastLines(of: said.isEmpty ? output : said))
    }

    private func lastTransaction(_ said: String) -> String? {
        let words = "last completed transaction was at log time "
        return said.split(separator: "\n").last { $0.contains(words) }?.split(separator: words).last.map(String.init)
    }

    /// Where the new timeline began; the file names each former timeline with its end.
    private var endOfFormerTimeline: UInt64? {
        let log = "\(data)/pg_wal"
        guard let newest = (FilePlace.names(in: log) ?? []).filter({ $0.hasSuffix(".history") }).max(),
            let text = try? String(contentsOfFile: "\(log)/\(newest)", encoding: .utf8),
            let line = text.split(separator: "\n").last
        else { return nil }
        let words = line.split(separator: "\t")
        return words.count > 1 ? LogSegment.position(words[1]) : nil
    }
}

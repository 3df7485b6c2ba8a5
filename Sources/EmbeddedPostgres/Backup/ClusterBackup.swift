import Foundation

extension Cluster {
    /// Beyond the size of the data: what the log may grow meanwhile.
    private static let spareBytes: Int64 = 64 * 1_048_576

    /// Copies the cluster, as of one moment, while its server works; the server runs, owned or attached to.
    ///
    /// The copy is checked before it gets its name: each page by its checksum on reading, each file by its checksum
    /// after writing.
    ///
    /// - Parameters:
    ///   - target: a directory that does not exist yet, or is empty.
    ///   - files: names of files beside the cluster that belong to it; those that do not exist are left out.
    ///   - schemaVersion: the number of the last migration.
    /// - Throws: ``BackupError``, ``EmbeddedPostgresError``; `CancellationError` when the task was cancelled.
    public func backUp(
        to target: String, with files: [String], schemaVersion: Int, clock: @Sendable () -> BackupTime
    ) async throws -> Backup {
        let installation = try installationForData()
        let (copying, verifying) = (try installation.extra("pg_basebackup"), try installation.extra("pg_verifybackup"))
        let apart = [directory] + (archiveDirectory.map { [$0] } ?? [])
        let unfinished = try UnfinishedDirectory(for: target, apartFrom: apart)
        try checkSpace(for: unfinished)
        let startedAt = clock()
        let copy = "\(unfinished.path)/postgres"
        let outcome = try await Program.runCancellably(
            [
                // Its working directory shows a later attempt that it still writes here.
                "/usr/bin/env", "--chdir=\(unfinished.path)", copying, "--host=\(socketDirectory)", "--port=\(Self.port)",
                "--username=\(Self.user)", "--no-password", "--pgdata=\(copy)", "--wal-method=stream", "--checkpoint=fast",
                "--manifest-checksums=SHA256", "--label=lianyao",
            ] + (options.isDurable ? [] : ["--no-sync"]))
        guard outcome.succeeded else {
            if isDiskFull(outcome.output) { throw EmbeddedPostgresError.diskFull(directory: unfinished.place, freeBytes: nil) }
            throw BackupError.backupFailed(output: lastLines(of: outcome.output))
        }
        let finishedAt = clock()
        let checked = try await Program.runCancellably([verifying, "--quiet", copy])
        guard checked.succeeded else { throw BackupError.backupFailed(output: lastLines(of: checked.output)) }
        let backup = Backup(
            directory: unfinished.path,
            contents: Backup.Contents(
                format: Backup.formatKnown, postgresMajor: installation.major,
                systemIdentifier: try systemIdentifier(with: installation),
                firstSegment: try segment(startedBy: "\(copy)/backup_label"), lastSegment: try lastSegment(in: "\(copy)/pg_wal"),
                schemaVersion: schemaVersion, startedAt: startedAt, finishedAt: finishedAt,
                bytes: FilePlace.usedBytes(of: copy) ?? 0, archive: archiveDirectory,
                files: try copyFiles(files, to: unfinished.path)))
        try backup.write()
        try unfinished.finish()
        return Backup(directory: unfinished.place, contents: backup.contents)
    }

    func checkSpace(for unfinished: UnfinishedDirectory) throws(BackupError) {
        guard let used = FilePlace.usedBytes(of: data), let free = FilePlace.freeBytes(at: unfinished.path),
            free < used + Self.spareBytes
        else { return }
        throw .spaceMissing(unfinished.place, neededBytes: used + Self.spareBytes, freeBytes: free)
    }

    private func systemIdentifier(with installation: Installation) throws(BackupError) -> String {
        guard let controldata = Controldata(of: data, with: installation, as: user) else {
            throw .backupFailed(output: "the data's system identifier cannot be read")
        }
        return controldata.systemIdentifier
    }

    /// `START WAL LOCATION: 0/2000028 (file 000000010000000000000002)`.
    private func segment(startedBy label: String) throws(BackupError) -> String {
        let text = (try? String(contentsOfFile: label, encoding: .utf8)) ?? ""
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("START WAL LOCATION:") }),
            let name = line.split(separator: " ").last?.dropLast(), LogSegment(name) != nil
        else { throw .backupFailed(output: "\(label) does not say where its log begins") }
        return String(name)
    }

    private func lastSegment(in log: String) throws(BackupError) -> String {
        guard let last = (FilePlace.names(in: log) ?? []).compactMap({ LogSegment($0) }).max() else {
            throw .backupFailed(output: "\(log) holds no log")
        }
        return last.name
    }

    func copyFiles(_ names: [String], to target: String) throws(BackupError) -> [String: String] {
        var copied: [String: String] = [:]
        for name in names where access("\(directory)/\(name)", F_OK) == 0 {
            guard let contents = FileManager.default.contents(atPath: "\(directory)/\(name)"),
                FileManager.default.createFile(
                    atPath: "\(target)/\(name)", contents: contents, attributes: [.posixPermissions: 0o600])
            else { throw .backupFailed(output: "\(directory)/\(name) cannot be copied") }
            copied[name] = SocketDirectory.fingerprint(contents)
        }
        return copied
    }
}

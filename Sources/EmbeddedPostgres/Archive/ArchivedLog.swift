import Foundation

/// What an archive holds for one backup, looked at before anything is restored.
struct ArchivedLog: Sendable {
    let directory: String
    /// The segments that follow each other without a gap from the backup's last one on, which comes first.
    let segments: [LogSegment]
    /// The first one that is missing although later ones are there.
    let missing: LogSegment?

    /// - Throws: ``BackupError`` `noArchive`, `archiveOfAnother`.
    init(in named: String, for backup: Backup.Contents) throws(BackupError) {
        directory = FilePlace.real(named)
        guard let marked = Archive.marked(directory), let names = FilePlace.names(in: directory) else {
            throw .noArchive(directory)
        }
        guard marked.systemIdentifier == backup.systemIdentifier, let last = LogSegment(backup.lastSegment) else {
            throw .archiveOfAnother(directory)
        }
        let found = names.compactMap { $0.hasSuffix(".gz") ? LogSegment($0.dropLast(3)) : nil }
        let kept = Set(found.filter { $0.timeline == last.timeline && $0.number >= last.number })
        var segments: [LogSegment] = []
        var next = last
        while kept.contains(next) {
            segments.append(next)
            next = next.next
        }
        self.segments = segments
        missing = segments.count < kept.count ? next : nil
    }

    func path(of segment: LogSegment) -> String { "\(directory)/\(segment.name).gz" }

    /// Reads every segment as far as they follow each other.
    ///
    /// - Throws: ``BackupError`` `segmentDamaged`; `CancellationError`.
    func check() async throws {
        for segment in segments {
            let outcome = try await Program.runCancellably(["/usr/bin/gzip", "--test", "--", path(of: segment)])
            guard outcome.succeeded else { throw BackupError.segmentDamaged(segment.name, archive: directory) }
        }
    }

    /// What PostgreSQL runs for a segment: 1 says that there is none, which ends the log; more than 125 stops the
    /// recovery instead of ending the log too early.
    var script: String {
        """
        set -u
        kept=\(Archive.quoted(directory))/$1.gz
        test -e "$kept" || exit 1
        gzip -d -c "$kept" >"$2" || exit 200

        """
    }
}

/// Why a backup, a restore or a move to another major version was not made. Each case says in one sentence what is
/// wrong and what to do; nothing half done is left.
public enum BackupError: Error, Sendable, Equatable, CustomStringConvertible {
    // Where it is to be made.
    case notEmpty(String)
    case parentMissing(String)
    case mountPoint(String)
    case overlaps(String, with: String)
    case busy(String)
    case notMade(String, reason: String)
    case spaceMissing(String, neededBytes: Int64, freeBytes: Int64)
    // Making a backup.
    case programMissing(String, major: Int)
    case backupFailed(output: String)
    // Moving to another major version.
    case noNewerVersion(made: Int)
    case upgradeFailed(output: String)
    // Reading a backup.
    case noBackup(String, reason: String)
    case formatUnknown(String, format: Int)
    case madeByAnotherVersion(String, made: Int, installed: [Int])
    case damaged(String, output: String)
    // Going on with the archived log.
    case noArchive(String)
    case archiveOfAnother(String)
    case archiveUnreadable(String, user: String)
    case untilWithoutArchive
    case untilBeforeBackup(until: String, finishedAt: String)
    case untilNotReached(until: String, last: String?, missing: String?)
    case segmentMissing(String, archive: String)
    case segmentDamaged(String, archive: String)
    case endsBefore(segment: String)
    case recoveryFailed(log: String)

    public var description: String {
        switch self {
        case .notEmpty(let directory):
            "The directory \(directory) is not empty: name one that does not exist yet."
        case .parentMissing(let directory):
            "There is no directory \(directory) to hold it: is its disk mounted?"
        case .mountPoint(let directory):
            "The directory \(directory) is where a disk is mounted: name a new directory in it."
        case .overlaps(let directory, let other):
            "The directory \(directory) and \(other) must not lie in each other: choose another place, best on another disk."
        case .busy(let directory):
            "Another backup or restore is writing \(directory): wait for it."
        case .notMade(let directory, let reason):
            "The directory \(directory) cannot be made: \(reason)."
        case .spaceMissing(let directory, let needed, let free):
            "The disk that holds \(directory) has too little space: \(needed / 1_048_576) MB are needed, "
                + "\(free / 1_048_576) MB are free."
        case .programMissing(let name, let major):
            "The program \(name) of PostgreSQL \(major) is missing: install the package postgresql-client-\(major)."
        case .backupFailed(let output):
            "The backup was not made: \(output)"
        case .noNewerVersion(let made):
            "The data was made by PostgreSQL \(made), and no newer version is installed: install its package first, such as "
                + "postgresql-\(made + 1)."
        case .upgradeFailed(let output):
            "The data was not moved: \(output)"
        case .noBackup(let directory, let reason):
            "The directory \(directory) is no backup of this program: \(reason)."
        case .formatUnknown(let directory, let format):
            "The backup \(directory) has format \(format), made by a newer program: restore it with that."
        case .madeByAnotherVersion(let directory, let made, let installed):
            "The backup \(directory) was made by PostgreSQL \(made), but installed is "
                + "\(installed.map(String.init).joined(separator: ", ")): install postgresql-\(made) beside it "
                + "(apt install postgresql-\(made)) and restore again; docs/backup.md says how to move it to another major "
                + "version afterwards."
        case .damaged(let directory, let output):
            "The backup \(directory) is damaged, use another: \(output)"
        case .noArchive(let directory):
            "The directory \(directory) is no archive of a log: is its disk mounted?"
        case .archiveOfAnother(let directory):
            "The archive \(directory) belongs to another database than the backup."
        case .archiveUnreadable(let directory, let user):
            "The user \(user), who runs the database when root starts it, cannot read the archive \(directory): "
                + "chown -R \(user) it, or a copy of it."
        case .untilWithoutArchive:
            "A moment can only be restored from the archived log: name it with --archive."
        case .untilBeforeBackup(let until, let finishedAt):
            "The moment \(until) is before the backup's end at \(finishedAt): use an earlier backup."
        case .untilNotReached(let until, let last, let missing):
            "The log ends before the moment \(until)" + (last.map { ": its last transaction is of \($0)" } ?? "")
                + (missing.map { "; segment \($0) is missing from the archive" } ?? "")
                + ". To restore up to where it ends leave out --until"
                + (missing == nil ? "." : " and give --up-to-gap.")
        case .segmentMissing(let name, let archive):
            "The archive \(archive) lacks segment \(name) of the log: find it, or restore only what was before it with "
                + "--up-to-gap or --until."
        case .segmentDamaged(let name, let archive):
            "Segment \(name) in the archive \(archive) is damaged: find a sound copy of it, or restore only what was before "
                + "it: move it away and give --up-to-gap or --until."
        case .endsBefore(let segment):
            "The log can be read only to before segment \(segment), although the archive has it: the log is damaged there. "
                + "To restore only what was before it give --up-to-gap."
        case .recoveryFailed(let log):
            "The log could not be replayed: \(log)"
        }
    }
}

/// Why a database cannot be brought to the schema that the program needs.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A directory or file that cannot be read, or is not UTF-8.
    case unreadable(String)
    /// A file that is not called `NNNN_name.sql`.
    case badName(String)
    /// A second file with the same number.
    case duplicate(String)
    /// A number that no file has, though a later one has; or that was not applied, though a later one was.
    case gap(missing: Int32)
    /// A file that was applied says something else now.
    case changed(file: String)
    /// The database has a migration this program does not know: a newer program was here.
    case newer(version: Int32, known: Int32)
    /// The server refused a file; nothing of it has happened. `line` counts from 1, where the server pointed.
    case failed(file: String, line: Int?, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let path):
            "The migrations cannot be read: \(path)."
        case .badName(let file):
            "The migration \(file) must be named NNNN_name.sql, with four digits from 0001."
        case .duplicate(let file):
            "The migration \(file) has the number of another file."
        case .gap(let missing):
            "Migration \(missing) is missing, though a later one is there."
        case .changed(let file):
            "The migration \(file) was changed after it was applied: restore it, and put the change into a new file."
        case .newer(let version, let known):
            "The database has migration \(version), this program knows \(known) and older: use the newer program."
        case .failed(let file, let line?, let reason):
            "The migration \(file) failed at line \(line), and nothing of it has happened: \(reason)"
        case .failed(let file, nil, let reason):
            "The migration \(file) failed, and nothing of it has happened: \(reason)"
        }
    }
}

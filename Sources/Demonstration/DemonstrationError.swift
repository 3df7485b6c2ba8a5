/// Why the demonstration cannot be loaded, as one sentence.
public enum DemonstrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A file of seeds that cannot be read.
    case unreadable(String)
    /// A row of a file of seeds, counted from 1 with the header, that says something unusable.
    case badRow(file: String, line: Int, reason: String)
    /// The catalogues have not been imported, or lack something the demonstration needs.
    case catalogueMissing(String)
    /// A consortium that was loaded before lacks something the history needs.
    case changed(consortium: String, lacks: String)

    public var description: String {
        switch self {
        case .unreadable(let path): "The demonstration seeds cannot be read: \(path)."
        case .badRow(let file, let line, let reason): "\(file):\(line): \(reason)."
        case .catalogueMissing(let what):
            "The database has no \(what): import the catalogues first, `lianyao catalog import Catalogs/*/*.csv`."
        case .changed(let consortium, let lacks):
            "The consortium \(consortium) was changed since it was loaded and has no \(lacks): nothing more is loaded into it."
        }
    }
}

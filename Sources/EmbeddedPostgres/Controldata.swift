import Foundation

/// What `pg_controldata` says of a stopped or running cluster's files.
struct Controldata {
    /// Given by `initdb`, kept by every copy.
    let systemIdentifier: String

    init?(of data: String, with installation: Installation, as user: ServerUser) {
        let outcome = user.run([installation.path("pg_controldata"), "-D", data])
        let label = "Database system identifier:"
        guard outcome.succeeded, let line = outcome.output.split(separator: "\n").first(where: { $0.hasPrefix(label) }) else {
            return nil
        }
        systemIdentifier = line.dropFirst(label.count).trimmingCharacters(in: .whitespaces)
    }
}

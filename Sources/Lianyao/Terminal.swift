import Foundation

/// What the program says to the person who started it; logs go another way.
enum Terminal {
    /// Writes a line to standard output at once, also into a pipe.
    static func say(_ line: String) { write(line, to: .standardOutput) }

    /// Writes a line to standard error.
    static func fail(_ line: String) { write(line, to: .standardError) }

    private static func write(_ line: String, to file: FileHandle) {
        // Nobody may be reading any more.
        try? file.write(contentsOf: Data("\(line)\n".utf8))
    }
}

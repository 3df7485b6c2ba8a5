import Foundation

/// Where files are, by their real paths.
enum FilePlace {
    private static let depthMax = 100

    /// An absolute path without symbolic links; what does not exist yet stands below its nearest directory that does.
    static func real(_ path: String) -> String {
        var present = URL(fileURLWithPath: path).standardizedFileURL.path
        var missing: [String] = []
        for _ in 0..<depthMax {
            if let resolved = realpath(present, nil) {
                defer { free(resolved) }
                let base = String(cString: resolved)
                return ([base == "/" ? "" : base] + missing.reversed()).joined(separator: "/")
            }
            let url = URL(fileURLWithPath: present)
            missing.append(url.lastPathComponent)
            present = url.deletingLastPathComponent().path
        }
        return path
    }

    /// Whether `path` is `directory` or below it; both are real paths.
    static func lies(_ path: String, in directory: String) -> Bool { path == directory || path.hasPrefix("\(directory)/") }

    static func parent(of path: String) -> String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    /// The names in a directory; `nil` when it is none.
    static func names(in directory: String) -> [String]? { try? FileManager.default.contentsOfDirectory(atPath: directory) }

    /// What is free for this program on the disk that holds `directory`.
    static func freeBytes(at directory: String) -> Int64? {
        var space = statvfs()
        guard statvfs(directory, &space) == 0 else { return nil }
        return Int64(space.f_bavail) * Int64(space.f_frsize)
    }

    /// What `directory` takes of its disk.
    static func usedBytes(of directory: String) -> Int64? {
        // Its status is not asked: files of a running server may vanish meanwhile.
        let output = Program.run(["/usr/bin/du", "--summarize", "--block-size=1", "--", directory]).output
        return output.split(separator: "\n").last.flatMap { Int64($0.prefix { $0.isNumber }) }
    }

    /// The device of a directory.
    static func device(of path: String) -> UInt64? {
        var found = stat()
        return stat(path, &found) == 0 ? UInt64(found.st_dev) : nil
    }

    /// Waits until the disk has a file's bytes, or a directory's entries.
    static func synchronize(_ path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        fsync(file)
        close(file)
    }
}

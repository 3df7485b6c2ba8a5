import Foundation

/// Finds the line of a cluster's configuration files that sets something.
struct SettingsFiles {
    private static let depthMax = 10

    let data: String

    /// The last line that sets `name`, which is the one that counts; `nil` when none does.
    func place(of name: String) -> String? {
        last(of: name, in: "\(data)/postgresql.auto.conf", depth: 0) ?? last(of: name, in: "\(data)/postgresql.conf", depth: 0)
    }

    private func last(of name: String, in file: String, depth: Int) -> String? {
        guard depth < Self.depthMax, let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        var found: String?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let (word, value) = Self.setting(line) else { continue }
            switch word {
            case name: found = "\(file), line \(index + 1)"
            case "include", "include_if_exists":
                found = last(of: name, in: path(value, besides: file), depth: depth + 1) ?? found
            case "include_dir":
                let directory = path(value, besides: file)
                let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
                for included in names.sorted() where included.hasSuffix(".conf") && !included.hasPrefix(".") {
                    found = last(of: name, in: "\(directory)/\(included)", depth: depth + 1) ?? found
                }
            default: break
            }
        }
        return found
    }

    /// `fsync = off  # faster` as `fsync` and `off`; the name in lower case, as PostgreSQL compares it.
    private static func setting(_ line: Substring) -> (name: String, value: String)? {
        let text = line.drop { $0.isWhitespace }
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        guard !name.isEmpty else { return nil }
        let rest = text.dropFirst(name.count).drop { $0.isWhitespace || $0 == "=" }
        let value = rest.first == "'" ? rest.dropFirst().prefix { $0 != "'" } : rest.prefix { !$0.isWhitespace && $0 != "#" }
        return (name.lowercased(), String(value))
    }

    private func path(_ named: String, besides file: String) -> String {
        named.hasPrefix("/") ? named : URL(fileURLWithPath: file).deletingLastPathComponent().path + "/\(named)"
    }
}

import Foundation

/// One file of schema changes, `NNNN_name.sql`.
public struct Migration: Sendable, Hashable {
    /// 1, 2, … without a gap.
    public let version: Int32
    /// What stands between the number and `.sql`.
    public let name: String
    /// The file's name: `0007_formulary_products.sql`.
    public let file: String
    let script: String

    /// Reads every migration in `directory`, in order of version. Other files than `*.sql` are left alone.
    ///
    /// - Throws: ``MigrationError``: `unreadable`, `badName`, `duplicate`, `gap`.
    static func all(in directory: String) throws(MigrationError) -> [Migration] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw .unreadable(directory)
        }
        var migrations: [Migration] = []
        for file in names.sorted() where file.hasSuffix(".sql") && !file.hasPrefix(".") {
            migrations.append(try Migration(file: file, in: directory))
        }
        for (index, migration) in migrations.enumerated() {
            let expected = Int32(index + 1)
            if migration.version < expected { throw .duplicate(migration.file) }
            if migration.version > expected { throw .gap(missing: expected) }
        }
        return migrations
    }

    private init(file: String, in directory: String) throws(MigrationError) {
        let stem = file.dropLast(".sql".count)
        let number = stem.prefix(4)
        guard number.count == 4, number.utf8.allSatisfy({ (48...57).contains($0) }), let version = Int32(number), version > 0,
            stem.dropFirst(4).first == "_", stem.count > 5
        else { throw .badName(file) }
        guard let script = try? String(contentsOfFile: "\(directory)/\(file)", encoding: .utf8) else {
            throw .unreadable("\(directory)/\(file)")
        }
        self.version = version
        self.name = String(stem.dropFirst(5))
        self.file = file
        self.script = script
    }
}

import Foundation
import TestSupport
import Testing

@Suite struct CompilationTests {
    /// What must compile, and what must not: each on a line of its own.
    private static let lines: [(code: String, compiles: Bool)] = [
        ("try transaction.execute(\"SELECT \\(name)\")", true),
        ("try transaction.execute(\"SELECT '\" + name + \"'\")", false),
        ("try transaction.execute(name)", false),
        ("try transaction.execute(SQL(name))", false),
        ("let sql: SQL = name; _ = sql", false),
        ("let sql = \"SELECT \\(name)\" as String; try transaction.execute(sql)", false),
        ("try transaction.execute(\"SELECT \\(raw: name)\")", false),
        ("_ = try transaction.query(\"SELECT \".appending(name)) { try $0[0] as Int }", false),
        ("try transaction.execute(String(format: \"SELECT %@\", name))", false),
    ]

    @Test("concatenated SQL does not compile")
    func concatenation() throws {
        let modules = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Modules").path
        guard FileManager.default.fileExists(atPath: "\(modules)/Postgres.swiftmodule") else {
            FileHandle.standardError.write(Data("NOT RUN: the modules of this build are not beside the tests\n".utf8))
            return
        }
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "sql-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "snippet.swift")
        let functions = Self.lines.enumerated().map { number, line in
            "func f\(number)(_ transaction: Transaction, _ name: String) throws { \(line.code) }"
        }
        try (["import Foundation", "import Postgres"] + functions).joined(separator: "\n").write(to: source, atomically: true, encoding: .utf8)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = [
            "swiftc", "-typecheck", "-swift-version", "6", "-I", modules, "-I", "\(repositoryRoot)/Sources/CPostgres", "-Xcc",
            "-I/usr/include/postgresql", source.path,
        ]
        let output = Pipe()
        compiler.standardError = output
        try compiler.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        compiler.waitUntilExit()
        let refused = Set(text.matches(of: /snippet\.swift:(\d+):\d+: error:/).compactMap { Int($0.output.1) })
        #expect(refused == Set(Self.lines.indices.filter { !Self.lines[$0].compiles }.map { $0 + 3 }), "\(text)")
    }
}

import Foundation
import Testing

/// A certificate authority for one test, made with the program `openssl`.
public struct Authority {
    /// Holds `<name>.crt` and `<name>.key` of everything issued, and `authority.crt`.
    public let directory: String

    private static let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    public var certificate: String { path("authority.crt") }

    public init(in directory: String) throws {
        self.directory = directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try run(
            ["req", "-x509"] + Self.key + [
                "-keyout", path("authority.key"), "-out", certificate, "-subj", "/CN=Test authority", "-days", "30",
            ])
    }

    public func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// Issues a certificate for `subject`.
    ///
    /// - Parameter days: how long it is valid; -1 for one that has expired.
    public func issue(_ name: String, to subject: String, alternatives: String? = nil, days: Int = 30) throws {
        try run(
            ["req", "-new"] + Self.key + ["-keyout", path("\(name).key"), "-out", path("\(name).csr"), "-subj", "/CN=\(subject)"]
                + (alternatives.map { ["-addext", "subjectAltName=\($0)"] } ?? []))
        try run([
            "x509", "-req", "-in", path("\(name).csr"), "-CA", certificate, "-CAkey", path("authority.key"), "-CAcreateserial",
            "-out", path("\(name).crt"), "-days", "\(days)", "-copy_extensions", "copy",
        ])
    }

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments.joined(separator: " "))")
    }
}

import Dispensing
import EmbeddedPostgres
import Foundation

/// What the program keeps secret, derived from one pepper.
struct Secrets: Sendable {
    /// By which a patient is found again by their resident number.
    let residentPepper: ResidentPepper
    /// By which repeated requests are compared.
    let digestKey: [UInt8]
}

/// Where the pepper comes from.
struct PepperSource {
    /// 64 hexadecimal digits or more; the same on every instance of the service.
    static let variable = "LIANYAO_RESIDENT_PEPPER"
    /// In the data directory, when the environment has none.
    static let fileName = "resident-pepper"
    private static let byteCount = 32

    let place: DatabasePlace

    /// The environment's pepper; without one, a database of the program's own keeps one in a file beside it, made at
    /// the first start.
    ///
    /// - Throws: ``CommandFailure`` when the variable holds something else, or there is none for a server elsewhere.
    func secrets(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Secrets {
        if let text = environment[Self.variable] { return try secrets(text, from: "The variable \(Self.variable)") }
        guard case .embedded(let cluster) = place else {
            throw CommandFailure(
                "With a server elsewhere the variable \(Self.variable) must hold at least \(Self.byteCount * 2) hexadecimal digits.")
        }
        let path = "\(cluster.directory)/\(Self.fileName)"
        if let text = try? String(contentsOfFile: path, encoding: .utf8) { return try secrets(text, from: path) }
        var random = SystemRandomNumberGenerator()
        let text = (0..<Self.byteCount).map { _ in
            let digits = String(UInt8.random(in: 0...255, using: &random), radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw CommandFailure("\(path) cannot be written.")
        }
        return try secrets(text, from: path)
    }

    private func secrets(_ text: String, from source: String) throws -> Secrets {
        let digits = Array(text.filter { !$0.isWhitespace })
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        guard digits.count.isMultiple(of: 2), bytes.count == digits.count / 2, let pepper = ResidentPepper(bytes: bytes) else {
            throw CommandFailure("\(source) must hold at least \(Self.byteCount * 2) hexadecimal digits.")
        }
        // Another use of the pepper has another key.
        return Secrets(residentPepper: pepper, digestKey: bytes + Array("request digest".utf8))
    }
}

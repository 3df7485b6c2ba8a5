import Primitives

/// Bodies as they are kept: every secret is replaced wherever it stands, and what text cannot hold is.
struct Masking: Sendable, Equatable {
    private let secrets: [String]
    /// Characters of a body that are kept.
    static let charactersMost = 262_144

    /// - Parameter secrets: of an account; those of less than four characters would hide half of a text and are no secrets.
    init(_ secrets: some Collection<String>) {
        // Also as XML and JSON write them.
        let written = secrets.filter { $0.count >= 4 }.flatMap {
            [$0, Self.inXML($0), String(JSONValue.string($0).text().dropFirst().dropLast())]
        }
        self.secrets = Set(written).sorted { ($0.count, $0) > ($1.count, $1) }
    }

    private static func inXML(_ secret: String) -> String {
        [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")].reduce(secret) { $0.replacing($1.0, with: $1.1) }
    }

    func text(_ words: String) -> String { text(Array(words.utf8)) }

    func text(_ body: [UInt8]) -> String {
        var text = String(decoding: body, as: UTF8.self)
        if text.utf8.contains(0) { text = String(text.map { $0 == "\0" ? "\u{FFFD}" : $0 }) }
        for secret in secrets { text.replace(secret, with: "***") }
        return text.count > Self.charactersMost ? text.prefix(Self.charactersMost) + "…" : text
    }
}

/// Bodies as they are kept: every secret is replaced wherever it stands, and what text cannot hold is.
struct Masking: Sendable {
    private let secrets: [String]
    /// Characters of a body that are kept.
    static let charactersMost = 262_144

    /// - Parameter secrets: of an account; those of less than four characters would hide half of a text and are no secrets.
    init(_ secrets: some Collection<String>) {
        self.secrets = secrets.filter { $0.count >= 4 }.sorted { $0.count > $1.count }
    }

    func text(_ body: [UInt8]) -> String {
        var text = String(decoding: body, as: UTF8.self)
        if text.utf8.contains(0) { text = String(text.map { $0 == "\0" ? "\u{FFFD}" : $0 }) }
        for secret in secrets { text.replace(secret, with: "***") }
        return text.count > Self.charactersMost ? text.prefix(Self.charactersMost) + "…" : text
    }
}

import Primitives
import ShangMi

/// The text that the service hall's signatures are made over: what has no value is dropped, names are sorted, `k=v` are joined by `&`,
/// and the secret of the application stands at the end.
///
/// Source: platform-interfaces.md §3 (OH, GK, AEYE). Clients differ in the order of names inside objects; see `HallMap.KeyOrder`.
struct HallText {
    let order: HallMap.KeyOrder

    /// What is not signed of an envelope.
    static let unsigned: Set<String> = ["signData", "encData", "extra"]

    /// - Parameter members: of the envelope, with the plain content as `data`.
    func text(of members: [JSONValue.Member], key secret: String) -> String {
        let kept = members.compactMap { member -> (name: String, text: String)? in
            guard !Self.unsigned.contains(member.name), let value = pruned(member.value) else { return nil }
            return (member.name, plain(value))
        }
        let sorted = kept.sorted { Self.precedes($0.name, $1.name, .caseInsensitive) }
        return sorted.map { "\($0.name)=\($0.text)&" }.joined() + "key=\(secret)"
    }

    private func plain(_ value: JSONValue) -> String { value.plainText ?? value.text() }

    /// The value as it is signed; `nil` for what says nothing. Inside objects and lists everything is text.
    private func pruned(_ value: JSONValue, isInside: Bool = false) -> JSONValue? {
        switch value {
        case .null: return nil
        case .bool(let flag): return .string(flag ? "true" : "false")
        case .number(let number): return isInside ? .string(number) : value
        case .string(let text): return text.isEmpty ? nil : value
        case .array(let elements):
            let kept = elements.compactMap { pruned($0, isInside: true) }
            return kept.isEmpty ? nil : .array(kept)
        case .object(let members):
            let kept = members.compactMap { member in
                pruned(member.value, isInside: true).map { JSONValue.Member(member.name, $0) }
            }
            return .object(kept.sorted { Self.precedes($0.name, $1.name, order) })
        }
    }

    /// Names that differ in case alone stand in the order of their bytes.
    private static func precedes(_ one: String, _ other: String, _ order: HallMap.KeyOrder) -> Bool {
        if order == .caseInsensitive {
            let (lower, otherLower) = (one.lowercased(), other.lowercased())
            if lower != otherLower { return lower.utf8.lexicographicallyPrecedes(otherLower.utf8) }
        }
        return one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}

/// The cipher of one application: SM4 in blocks, under a key that its id and its secret give.
///
/// Source: platform-interfaces.md §3; codes.md §11 has the vectors.
struct HallCipher: Sendable {
    private let key: SM4Key

    /// - Throws: ``ShangMiError/keyLength(found:)`` for an id of less than sixteen bytes.
    init(application: String, secret: String) throws(ShangMiError) {
        key = try SM4Key(Array(try Self.derived(application, secret).utf8))
    }

    /// The first sixteen characters of the secret as the id encrypts it.
    static func derived(_ application: String, _ secret: String) throws(ShangMiError) -> String {
        let first = try SM4Key(Array(application.utf8.prefix(SM4Key.byteCount)))
        return String(Hexadecimal.uppercase(try first.encrypt(Array(secret.utf8), mode: .ecb)).prefix(SM4Key.byteCount))
    }

    func encrypt(_ text: String) throws(ShangMiError) -> String {
        Hexadecimal.uppercase(try key.encrypt(Array(text.utf8), mode: .ecb))
    }

    /// - Parameter text: hexadecimal digits in either case.
    func decrypt(_ text: String) throws(ShangMiError) -> [UInt8] {
        try key.decrypt(Hexadecimal.bytes(of: text), mode: .ecb)
    }
}

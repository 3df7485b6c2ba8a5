import Foundation
import Primitives
import ShangMi

/// The hall's own reading of how messages are sealed.
///
/// Source: platform-interfaces.md §3: key, cipher, the text that is signed. Written apart from the client's.
struct HallSeal: Sendable {
    let application: String
    let secret: String
    let callers: SM2PublicKey
    let own: SM2PrivateKey
    private let key: SM4Key
    private let user: SM2UserID

    /// `nil` where the options have no keys.
    init?(_ options: ServiceHallOptions) {
        guard let callers = options.callersKey, let own = options.ownKey,
            let first = try? SM4Key(Array(options.application.utf8).prefix(16)),
            let wrapped = try? first.encrypt(Array(options.secret.utf8), mode: .ecb, padding: .pkcs7),
            let key = try? SM4Key(Array(Self.hexadecimal(wrapped.prefix(8)).utf8)),
            let user = try? SM2UserID(Array(options.secret.utf8))
        else { return nil }
        (application, secret) = (options.application, options.secret)
        (self.callers, self.own, self.key, self.user) = (callers, own, key, user)
    }

    /// The plain content of a message, when its signature is the caller's.
    func opened(_ message: JSONValue) -> JSONValue? {
        guard let sealed = message["encData"]?.string, sealed == sealed.uppercased(),
            let cipher = try? Hexadecimal.bytes(of: sealed),
            let plain = try? key.decrypt(cipher, mode: .ecb), let content = try? JSONValue(parsing: plain),
            let text = message["signData"]?.string, let raw = Data(base64Encoded: text), let signature = try? SM2Signature(raw: raw)
        else { return nil }
        return callers.isValid(signature, of: Array(signed(message.members, content).utf8), by: user) ? content : nil
    }

    /// The answer's envelope around `content`.
    func sealed(_ envelope: [JSONValue.Member], _ content: JSONValue?) -> JSONValue {
        var members = envelope
        if let content, let cipher = try? key.encrypt(Array(content.text().utf8), mode: .ecb) {
            members.append(.init("encData", .string(Self.hexadecimal(cipher))))
        }
        if let signature = try? own.sign(Array(signed(envelope, content).utf8), by: user) {
            members.append(.init("signData", .string(Data(signature.raw).base64EncodedString())))
        }
        return .object(members)
    }

    private func signed(_ members: [JSONValue.Member], _ content: JSONValue?) -> String {
        var parts: [(name: String, text: String)] = []
        for member in members where !["signData", "encData", "extra"].contains(member.name) {
            switch member.value {
            case .null: break
            case .string(let text) where text.isEmpty: break
            case .string(let text), .number(let text): parts.append((member.name, text))
            case .bool(let flag): parts.append((member.name, flag ? "true" : "false"))
            default: if let text = Self.canonical(member.value) { parts.append((member.name, text)) }
            }
        }
        if let content, let text = Self.canonical(content) { parts.append(("data", text)) }
        parts.sort { $0.name.lowercased() < $1.name.lowercased() }
        return (parts.map { "\($0.name)=\($0.text)" } + ["key=\(secret)"]).joined(separator: "&")
    }

    /// `nil` for what says nothing.
    private static func canonical(_ value: JSONValue) -> String? {
        switch value {
        case .null: return nil
        case .string(let text) where text.isEmpty: return nil
        case .array(let elements) where elements.isEmpty: return nil
        case .string, .number, .bool:
            let text = if case .string(let text) = value { text } else { value.text() }
            return JSONValue.string(text).text()
        case .array(let elements): return "[" + elements.compactMap(canonical).joined(separator: ",") + "]"
        case .object(let members):
            let kept = members.compactMap { member in
                canonical(member.value).map { (member.name, JSONValue.string(member.name).text() + ":" + $0) }
            }
            return "{" + kept.sorted { $0.0.lowercased() < $1.0.lowercased() }.map(\.1).joined(separator: ",") + "}"
        }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String { Hexadecimal.uppercase(bytes) }
}

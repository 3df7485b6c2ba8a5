import Foundation
import ShangMi

/// Whom the service hall knows us as, and by what: the settings `app-id` and `platform-key` of an account, its secrets `app-secret`
/// and `private-key`. Keys are PEM, hexadecimal digits, or Base64 of the bare number or point, as the hall hands them out.
struct HallKeys: Sendable {
    let application: String
    let secret: String
    let own: SM2PrivateKey
    let platform: SM2PublicKey
    let user: SM2UserID
    let cipher: HallCipher

    init(_ account: PlatformAccount) throws(PlatformUntellable) {
        func missing(_ what: String) -> PlatformUntellable { PlatformUntellable(reason: "the account has no usable \(what)") }
        guard let application = account.settings["app-id"] else { throw missing("app-id") }
        guard let secret = account.secrets["app-secret"], !secret.isEmpty else { throw missing("app-secret") }
        guard let own = account.secrets["private-key"].flatMap(Self.privateKey) else { throw missing("private-key") }
        guard let platform = account.settings["platform-key"].flatMap(Self.publicKey) else { throw missing("platform-key") }
        guard let cipher = try? HallCipher(application: application, secret: secret) else { throw missing("app-id") }
        guard let user = try? SM2UserID(Array(secret.utf8)) else { throw missing("app-secret") }
        (self.application, self.secret, self.own, self.platform) = (application, secret, own, platform)
        (self.user, self.cipher) = (user, cipher)
    }

    private static func privateKey(_ text: String) -> SM2PrivateKey? {
        if text.hasPrefix("-----") { return try? SM2PrivateKey(pem: text) }
        if let key = try? SM2PrivateKey(hexadecimal: text) { return key }
        guard let bytes = Data(base64Encoded: text) else { return nil }
        // Java writes the number with a zero in front where its first bit is set.
        return try? SM2PrivateKey(scalar: Array(bytes.count == 33 && bytes.first == 0 ? bytes.dropFirst() : bytes))
    }

    private static func publicKey(_ text: String) -> SM2PublicKey? {
        if text.hasPrefix("-----") { return try? SM2PublicKey(pem: text) }
        if let key = try? SM2PublicKey(hexadecimal: text) { return key }
        return Data(base64Encoded: text).flatMap { try? SM2PublicKey(point: Array($0)) }
    }
}

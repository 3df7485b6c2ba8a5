import Crypto
import Foundation
public import Postgres

/// The secret that turns resident numbers into digests by which a patient can be found again.
///
/// Numbers are few enough to be guessed one by one, so a plain hash would not hide them. The pepper comes from the
/// configuration, is the same on every instance, and is never stored in the database.
public struct ResidentPepper: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let key: SymmetricKey

    /// - Parameter bytes: the secret; `nil` comes back when there are fewer than 32.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 32 else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// HMAC-SHA256 (RFC 2104) of the number's 18 characters: 32 bytes.
    public func digest(of number: ResidentNumber) -> Bytes {
        Bytes(HMAC<SHA256>.authenticationCode(for: Data(number.text.utf8), using: key))
    }

    public var description: String { "ResidentPepper" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

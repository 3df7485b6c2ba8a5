import Primitives
import ShangMi

/// What `x-ca-signature` says: `{seconds}:{HMAC-SM3 in lower case}` over the seconds, a line feed and the body.
///
/// Source: platform-interfaces.md §5.
struct ZhejiangSignature {
    private let seconds: Int64
    private let code: String

    /// nil when the header has another form.
    init?(_ header: String) {
        let parts = header.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (48...57).contains($0) }), let seconds = Int64(parts[0]),
            parts[1].utf8.count == 64, parts[1].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.seconds = seconds
        code = String(parts[1])
    }

    func isOf(_ body: [UInt8], _ key: SM3AuthenticationKey) -> Bool {
        guard let own = try? key.authenticationCode(of: Array("\(seconds)\n".utf8) + body) else { return false }
        return SM3AuthenticationCode(hexadecimal: code) == own
    }

    /// Whether it was made at most so many seconds from `now`.
    func isOf(_ now: Instant, within tolerance: Int64) -> Bool {
        abs(now.microseconds / 1_000_000 - seconds) <= tolerance
    }
}

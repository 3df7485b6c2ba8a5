import Foundation

/// A moment as a caller's clock tells it, with its text for people.
public struct BackupTime: Codable, Sendable, Hashable {
    /// Since 1970-01-01T00:00:00Z.
    public let microseconds: Int64
    /// RFC 3339, with an offset.
    public let text: String

    /// As a setting has it: `2026-11-21 02:06:00.000000+00`. Names of time zones, `Z` among them, are not known yet where
    /// settings are read.
    var setting: String {
        var seconds = time_t(microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000)
        let fraction = String(microseconds - Int64(seconds) * 1_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        strftime(&text, text.count, "%Y-%m-%d %H:%M:%S", &parts)
        let whole = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(whole).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)+00"
    }

    public init(microseconds: Int64, text: String) { (self.microseconds, self.text) = (microseconds, text) }
}

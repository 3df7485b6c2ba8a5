import Primitives

extension PlatformAnswer {
    /// How long the platform asks to wait, in its header `Retry-After`: seconds, or a time as HTTP writes it (RFC 9110 §5.6.7, the
    /// preferred form), seen from the answer's own `Date`; `nil` when it says nothing that can be understood.
    var retryAfter: Duration? {
        guard let text = self["Retry-After"] else { return nil }
        if let seconds = Int64(text), (0...86_400).contains(seconds) { return .seconds(seconds) }
        guard let until = Self.time(text), let sent = self["Date"].flatMap(Self.time) else { return nil }
        let seconds = (until.microseconds - sent.microseconds) / 1_000_000
        return .seconds(min(max(0, seconds), 86_400))
    }

    /// Reads `Sun, 22 Nov 2026 08:49:37 GMT`.
    private static func time(_ text: String) -> Instant? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[1].utf8.count == 2, let month = months.firstIndex(of: String(parts[2]))
        else {
            return nil
        }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Instant("\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}

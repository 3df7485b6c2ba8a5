/// A setting of a server that breaks, or weakens, the promise that an answered command survives.
public struct DurabilityFinding: Sendable, Equatable, CustomStringConvertible {
    /// The settings that are looked at on every server.
    public static let settings = ["fsync", "full_page_writes", "synchronous_commit", "data_checksums"]

    public let setting: String
    public let value: String
    /// Where it is set, such as `/srv/lianyao/postgres/local.conf, line 3`, when that is known.
    public let place: String?
    private let consequence: String
    /// Whether nothing may be served with it; otherwise it is worth a warning.
    public let isRefused: Bool

    /// Judges one setting.
    ///
    /// - Returns: `nil` when the value keeps the promise.
    public init?(_ setting: String, value: String, place: String?) {
        let judged: (consequence: String, isRefused: Bool)? =
            switch (setting, value) {
            case ("fsync", "off"), ("full_page_writes", "off"): ("a power failure could ruin the data", true)
            case ("synchronous_commit", "off"): ("a power failure could lose commands that were answered", true)
            case ("wal_level", "minimal"): ("no backup can be made while the service runs", true)
            case ("data_checksums", "off"): ("damage by the disk would go unnoticed", false)
            default: nil
            }
        guard let judged else { return nil }
        (self.setting, self.value, self.place) = (setting, value, place)
        (consequence, isRefused) = judged
    }

    public var description: String {
        let set = place.map { " (\($0))" } ?? ""
        let advice =
            switch (setting, place) {
            case ("data_checksums", _): "turn them on with pg_checksums while the server is stopped"
            case (_, .some): "remove that and start again"
            default: "change it and start again"
            }
        return "The database's setting \(setting) is \(value)\(set), so \(consequence): \(advice)."
    }
}

/// Where the server's Unix socket stands.
enum SocketDirectory {
    /// The longest path a Unix socket may have, `sun_path` without its terminating zero.
    static let pathBytesMax = 107

    /// `<data>/run`; or, when that path is too long or has a comma, which parts a list of directories, a short
    /// directory that follows from the data directory's path.
    static func path(forData directory: String) -> String {
        let inside = "\(directory)/run"
        guard !inside.contains(","), "\(inside)/.s.PGSQL.\(Cluster.port)".utf8.count <= pathBytesMax else {
            return "/tmp/lianyao-\(fingerprint(directory))"
        }
        return inside
    }

    /// FNV-1a, 64 bits, as hexadecimal digits.
    static func fingerprint(_ text: String) -> String { fingerprint(text.utf8) }

    static func fingerprint(_ bytes: some Sequence<UInt8>) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

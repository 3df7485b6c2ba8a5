/// A request as its bytes arrived.
struct SeenRequest: Sendable {
    let method: String
    let target: String
    let headers: [(name: String, value: String)]
    var body: [UInt8]
    /// Which of the server's connections brought it, from 1.
    let connection: Int

    subscript(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// Puts the bytes of HTTP/1.1 requests together: a length or chunks, nothing else.
struct RequestReader {
    private var bytes: [UInt8] = []
    let connection: Int

    init(connection: Int) { self.connection = connection }

    mutating func add(_ more: some Sequence<UInt8>) { bytes += more }

    /// Whether the head of a request is there, though not yet all of its body.
    var hasHead: Bool { headLength != nil }

    /// The next whole request.
    mutating func next() -> SeenRequest? {
        guard let length = headLength else { return nil }
        var lines = String(decoding: bytes[..<length], as: UTF8.self).split(separator: "\r\n")[...]
        let words = lines.removeFirst().split(separator: " ")
        let headers = lines.map { line -> (name: String, value: String) in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts[1].drop { $0 == " " }.description)
        }
        var request = SeenRequest(
            method: String(words[0]), target: String(words[1]), headers: headers, body: [], connection: connection)
        let rest = bytes[length...]
        guard request["transfer-encoding"] == "chunked" else {
            let count = request["content-length"].flatMap(Int.init) ?? 0
            guard rest.count >= count else { return nil }
            request.body = Array(rest.prefix(count))
            bytes.removeFirst(length + count)
            return request
        }
        guard let (body, used) = Self.chunks(rest) else { return nil }
        request.body = body
        bytes.removeFirst(length + used)
        return request
    }

    private var headLength: Int? {
        let end = Array("\r\n\r\n".utf8)
        guard bytes.count >= end.count else { return nil }
        return bytes.indices.dropLast(3).first { bytes[$0..<$0 + 4].elementsEqual(end) }.map { $0 + 4 }
    }

    private static func chunks(_ bytes: ArraySlice<UInt8>) -> (body: [UInt8], used: Int)? {
        var body: [UInt8] = []
        var place = bytes.startIndex
        while let end = bytes[place...].firstIndex(of: 10) {
            let line = String(decoding: bytes[place..<end], as: UTF8.self).trimmingPrefix { $0 == " " }
            guard let count = Int(line.filter(\.isHexDigit), radix: 16), bytes.endIndex >= end + 1 + count + 2 else { return nil }
            body += bytes[end + 1..<end + 1 + count]
            place = end + 1 + count + 2
            if count == 0 { return (body, place - bytes.startIndex) }
        }
        return nil
    }
}

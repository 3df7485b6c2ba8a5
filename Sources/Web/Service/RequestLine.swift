import Foundation
import Primitives

/// A request's head as the service reads it: its path in decoded parts, its query undecoded, its headers.
struct RequestLine: Sendable {
    let method: String
    /// As it was sent, without the query.
    let path: String
    /// `nil` when a part of the path cannot be decoded.
    let segments: [String]?
    let query: String
    /// By name in lower case.
    let headers: [String: String]
    /// The path, the query and the headers together.
    let byteCount: Int
    /// The name and port the caller knows this server by.
    let host: String?

    init(method: String, target: String, headers: [(name: String, value: String)], host: String? = nil) {
        self.host = host
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        path = parts.first.map(String.init) ?? "/"
        query = parts.count > 1 ? String(parts[1]) : ""
        self.headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        byteCount = headers.reduce(target.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        let encoded = path == "/" ? [] : path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let decoded = encoded.compactMap { Self.decode($0) }
        segments = path.hasPrefix("/") && decoded.count == encoded.count ? decoded : nil
    }

    /// The text behind `%41`; `nil` when it is not UTF-8 or holds a zero character, which no text column can.
    static func decode(_ text: some StringProtocol) -> String? {
        guard let decoded = String(text).removingPercentEncoding, !decoded.contains("\0") else { return nil }
        return decoded
    }

    /// The token of `Authorization: Bearer …`.
    var bearerToken: String? {
        guard let words = headers["authorization"]?.split(separator: " "), words.count == 2, words[0].lowercased() == "bearer"
        else { return nil }
        return String(words[1])
    }

    /// The Request-Id the caller chose.
    ///
    /// - Throws: `http.missing-request-id` when there is one and it is no UUID.
    func requestID() throws(HTTPRefusal) -> UUID? {
        guard let text = headers["request-id"] else { return nil }
        guard let id = DocumentID<Never>(text: text) else {
            throw HTTPRefusal(.missingRequestID, "Request-Id is not a UUID", field: "Request-Id")
        }
        return id.rawValue
    }

    /// What the body is said to be, without its parameters.
    var mediaType: String? {
        headers["content-type"]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The query's parameters in the order they came.
    ///
    /// - Throws: `http.bad-query` for what cannot be decoded.
    func queryPairs() throws(HTTPRefusal) -> [(name: String, value: String)] { try Self.pairs(of: query) }

    /// The parameters of a query or a form.
    static func pairs(of query: String) throws(HTTPRefusal) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for part in query.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { decode($0.replacingOccurrences(of: "+", with: " ")) }
            guard let name = sides.first ?? nil, let value = sides.count > 1 ? sides[1] : "" else {
                throw HTTPRefusal(.badQuery, "the query cannot be decoded")
            }
            pairs.append((name, value))
        }
        return pairs
    }

    /// The query checked against what an operation takes.
    ///
    /// - Throws: `http.bad-query` for what is unknown, repeated, absent or of another kind.
    func query(for parameters: [QueryParameter]) throws(HTTPRefusal) -> [String: String] {
        var values: [String: String] = [:]
        for (name, value) in try queryPairs() {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                let known = parameters.map(\.name).joined(separator: ", ")
                throw HTTPRefusal(.badQuery, known.isEmpty ? "no parameter is known here" : "known here: \(known)", field: name)
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw HTTPRefusal(.badQuery, "the parameter is repeated", field: name)
            }
            if let complaint = parameter.complaint(about: value) { throw HTTPRefusal(.badQuery, complaint, field: name) }
        }
        for parameter in parameters where parameter.isRequired && values[parameter.name] == nil {
            throw HTTPRefusal(.badQuery, "the parameter is required", field: parameter.name)
        }
        return values
    }
}

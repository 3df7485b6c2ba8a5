/// Puts the lines of an answer's head together.
struct HeadReader {
    private var status = 0
    private var headers: [CurlHeader] = []
    private var bytes = 0
    private(set) var isDone = false
    private let followsRedirects: Bool
    private let bytesMax: Int

    enum Outcome {
        case more
        case head(CurlResponseHead)
        case tooLarge
    }

    init(followsRedirects: Bool, bytesMax: Int) {
        self.followsRedirects = followsRedirects
        self.bytesMax = bytesMax
    }

    /// Takes a line with its end. Interim answers and redirects that are followed are left out; lines after the head are trailers,
    /// which are left out too.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Outcome {
        bytes += line.count
        if bytes > bytesMax { return .tooLarge }
        if isDone { return .more }
        var text = Substring(String(decoding: line, as: UTF8.self))
        while let last = text.unicodeScalars.last, last == "\r" || last == "\n" { text.unicodeScalars.removeLast() }
        if text.hasPrefix("HTTP/") {
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            headers = []
        } else if text.isEmpty {
            return end()
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append(CurlHeader(String(text[..<colon]), String(value)))
        }
        return .more
    }

    private mutating func end() -> Outcome {
        let head = CurlResponseHead(status: status, headers: headers)
        let isInterim = status < 200
        let isFollowed = followsRedirects && (300..<400).contains(status) && head["location"] != nil
        if isInterim || isFollowed { return .more }
        isDone = true
        return .head(head)
    }
}

/// What the scripted server does, step by step.
enum Act: Sendable {
    case send([UInt8])
    case wait(milliseconds: Int64)
    /// Sends the same piece again and again, as fast as it is taken.
    case pour([UInt8], times: Int)
    /// No more from here, though the other side may go on.
    case finish
    case close
    /// The connection breaks, as when the other machine has lost it.
    case reset

    static func send(_ text: String) -> Act { .send(Array(text.utf8)) }

    /// A whole answer.
    static func answer(status: String = "200 OK", headers: [String] = [], body: [UInt8] = []) -> Act {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
        return .send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    static func answer(_ text: String) -> Act { answer(body: Array(text.utf8)) }
}

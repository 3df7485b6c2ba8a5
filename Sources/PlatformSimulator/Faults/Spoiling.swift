/// Bodies that cannot be read.
enum Spoiling {
    /// Cut off in the middle, or with bytes in the middle that stand in no text.
    static func spoilt(_ body: [UInt8], isCutOff: Bool) -> [UInt8] {
        let middle = body.count / 2
        return isCutOff ? Array(body[..<middle]) : body[..<middle] + [0x00, 0xFF, 0x3C] + body[middle...]
    }
}

/// How an answer leaves.
enum Delivering {
    static func acts(_ answer: FaceAnswer, _ turn: inout Turn, keepsAlive: Bool) -> [Act] {
        let head = HTTPBytes.head(
            answer.status, contentType: answer.contentType, length: answer.body.count, keepsAlive: keepsAlive)
        let hasSlowHead = turn.meets(.slowHeaders)
        let hasSlowBody = !answer.body.isEmpty && turn.meets(.slowBody)
        var acts: [Act]
        if hasSlowHead || hasSlowBody {
            acts = hasSlowHead ? dripping(head, turn.details) : [.send(head)]
            acts += hasSlowBody ? dripping(answer.body, turn.details) : [.send(answer.body)]
        } else {
            acts = [.send(head + answer.body)]
        }
        if turn.meets(.duplicateAnswer) { acts.append(.send(head + answer.body)) }
        return acts
    }

    private static func dripping(_ bytes: [UInt8], _ details: FaultDetails) -> [Act] {
        let size = max(1, (bytes.count + details.slowPieces - 1) / max(1, details.slowPieces))
        return stride(from: 0, to: bytes.count, by: size).flatMap { start in
            [Act.send(Array(bytes[start..<min(start + size, bytes.count)])), .wait(milliseconds: details.slowMilliseconds)]
        }
    }
}

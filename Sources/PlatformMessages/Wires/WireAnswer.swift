/// What an answer holds, once it is no longer JSON or XML.
struct WireNode: Sendable, Hashable {
    /// Texts and numbers by the platform's names; none of them empty.
    var values: [String: String] = [:]
    var lists: [String: [WireNode]] = [:]
    /// Lists that hold anything but objects.
    var unreadable: Set<String> = []

    /// The rows of a list; none when there is no such list.
    func rows(_ list: String) throws(AnswerDefect) -> [WireNode] {
        guard !unreadable.contains(list) else { throw AnswerDefect("\(list) holds what is no row") }
        return lists[list] ?? []
    }
}

/// A whole, well-formed answer of status 200.
struct WireAnswer: Sendable, Hashable {
    var envelope: PlatformComplaint
    /// What the business part says inside; `nil` where the wire has none, or the answer does not.
    var business: PlatformComplaint?
    /// Whether the envelope alone may say yes: the message is one that answers nothing.
    var mayLackBusiness = false
    /// What the platform gives back of ``PlatformStamp/message``; `nil` where the wire has no such thing.
    var echo: String?
    var node: WireNode
}

/// Why an answer cannot be read. It holds nothing of the answer but names and codes.
struct AnswerDefect: Error, Sendable, Hashable {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}

/// How much of an answer is read.
enum AnswerLimits {
    static let bytesMax = 8 << 20
}

/// What a message holds, before it becomes JSON or XML.
struct WireContent: Sendable, Hashable {
    struct Member: Sendable, Hashable {
        var name: String
        var value: WireValue
    }

    var members: [Member] = []
}

enum WireValue: Sendable, Hashable {
    case absent
    case text(String)
    /// A number in plain digits.
    case number(String)
    case list([WireContent])
    case object(WireContent)
    /// Nothing but values; JSON only.
    case plain([WireValue])
}

extension WireContent {
    /// Whether nothing in it has a value.
    var isEmpty: Bool {
        members.allSatisfy { member in
            switch member.value {
            case .absent: true
            case .list(let lines): lines.isEmpty
            case .object(let content): content.isEmpty
            case .plain(let values): values.isEmpty
            case .text, .number: false
            }
        }
    }
}

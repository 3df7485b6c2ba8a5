import Primitives

extension JSONValue {
    /// What is absent is left out.
    init(_ content: WireContent) {
        self = .object(
            content.members.compactMap { member in
                switch member.value {
                case .absent: nil
                case .text(let text): Member(member.name, .string(text))
                case .number(let number): Member(member.name, .number(number))
                case .object(let content): content.isEmpty ? nil : Member(member.name, JSONValue(content))
                case .list(let lines): lines.isEmpty ? nil : Member(member.name, .array(lines.map { JSONValue($0) }))
                }
            })
    }

    /// A text, or a number as it is written: platforms mix them.
    var plainText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number
        default: nil
        }
    }
}

extension WireNode {
    /// Texts, numbers and lists of objects; what else stands in it is as if it were not there.
    init(_ object: JSONValue) {
        for member in object.members {
            if let text = member.value.plainText {
                if !text.isEmpty { values[member.name] = text }
            } else if case .array(let elements) = member.value {
                if elements.allSatisfy({ $0.kind == "object" }) {
                    lists[member.name] = elements.map { WireNode($0) }
                } else {
                    unreadable.insert(member.name)
                }
            }
        }
    }
}

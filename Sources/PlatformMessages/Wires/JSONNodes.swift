import Primitives

extension JSONValue {
    /// What is absent is left out.
    init(_ content: WireContent) {
        self = .object(
            content.members.compactMap { member in JSONValue(member.value).map { Member(member.name, $0) } })
    }

    /// `nil` for what is absent.
    private init?(_ value: WireValue) {
        switch value {
        case .absent: return nil
        case .text(let text): self = .string(text)
        case .number(let number): self = .number(number)
        case .object(let content) where content.isEmpty: return nil
        case .object(let content): self.init(content)
        case .list(let lines) where lines.isEmpty: return nil
        case .list(let lines): self = .array(lines.map { JSONValue($0) })
        case .plain(let values) where values.isEmpty: return nil
        case .plain(let values): self = .array(values.compactMap { JSONValue($0) })
        }
    }

    /// Reads a whole answer.
    init(answer body: [UInt8]) throws(AnswerDefect) {
        do {
            self = try JSONValue(parsing: body)
        } catch {
            throw AnswerDefect("the answer is no JSON: byte \(error.byte)")
        }
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
    ///
    /// - Parameter takesLoneRows: an object counts as a list of one.
    init(_ object: JSONValue, takesLoneRows: Bool = false) {
        for member in object.members {
            if let text = member.value.plainText {
                if !text.isEmpty { values[member.name] = text }
            } else if case .array(let elements) = member.value {
                if elements.allSatisfy({ $0.kind == "object" }) {
                    lists[member.name] = elements.map { WireNode($0, takesLoneRows: takesLoneRows) }
                } else {
                    unreadable.insert(member.name)
                }
            } else if takesLoneRows, case .object = member.value {
                lists[member.name] = [WireNode(member.value, takesLoneRows: true)]
            }
        }
    }
}

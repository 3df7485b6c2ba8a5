import Primitives

/// Reads an answer's fields into a record of neutral names.
struct AnswerReader {
    /// What was told or asked; echoes must agree with it.
    let ours: Record

    func record(of node: WireNode, by fields: [AnswerField]) throws(AnswerDefect) -> Record {
        var record = Record()
        for field in fields {
            let value = try value(of: field, in: node)
            if field.isEcho, value != .absent, let told = ours[field.target], told != .absent, told != value {
                throw AnswerDefect("\(field.names[0]) is another's")
            }
            record[field.target] = value
        }
        return record
    }

    private func value(of field: AnswerField, in node: WireNode) throws(AnswerDefect) -> NeutralValue {
        let said = Set(field.names.compactMap { node.values[$0] })
        guard said.count < 2 else { throw AnswerDefect("\(field.names.joined(separator: " and ")) differ") }
        guard let text = said.first else {
            guard !field.isMandatory else { throw AnswerDefect("\(field.names[0]) is missing") }
            return .absent
        }
        guard let value = field.read(text) else { throw AnswerDefect("\(field.names[0]) cannot be read") }
        return value
    }
}

extension AnswerField {
    /// The value of a text that is not empty; `nil` when it is not of the field's type.
    func read(_ text: String) -> NeutralValue? {
        switch type {
        case .text, .time:
            guard !words.isEmpty else { return .text(text) }
            return words[text].map { .text($0) }
        case .integer: return Int64(wholePartOf: text).map { .integer($0) }
        case .decimal: return Money(platformText: text).map { .money($0) }
        case .day(let format): return CalendarDate(platformText: text, format).map { .day($0) }
        }
    }
}

extension Int64 {
    /// Reads `12` and `12.0000`; packs are whole, whatever decimals a platform writes.
    init?(wholePartOf text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.count == 1 || (!parts[1].isEmpty && parts[1].utf8.allSatisfy { $0 == UInt8(ascii: "0") }),
            let number = Int64(parts[0]), !parts[0].hasPrefix("+")
        else { return nil }
        self = number
    }
}

extension Money {
    /// Reads plain yuan; zeros behind the fourth decimal do not count.
    init?(platformText text: String) {
        var text = text
        if let point = text.firstIndex(of: ".") {
            while text.hasSuffix("0"), text.distance(from: point, to: text.endIndex) > 5 { text.removeLast() }
        }
        self.init(yuan: text)
    }
}

extension CalendarDate {
    /// Reads the day in front of a time of day, if there is one.
    init?(platformText text: String, _ format: DayFormat) {
        let length = format == .compact ? 8 : 10
        let rest = text.dropFirst(length)
        guard rest.isEmpty || rest.first == " " || rest.first == "/" || rest.first == "T" else { return nil }
        let day = text.prefix(length)
        guard format == .compact else {
            self.init(day)
            return
        }
        self.init("\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.dropFirst(6))")
    }
}

import Primitives

// The fields of messages.
extension CatalogueReader {
    mutating func requestFields(
        _ name: String, in section: Section, from vocabulary: Set<NeutralName>, lists: [NeutralList: Set<NeutralName>] = [:]
    )
        -> [RequestField]
    {
        guard let list = section.value[name] else { return [] }
        guard case .array(let elements) = list else {
            complain(section, "\(name) is no list")
            return []
        }
        var names: Set<String> = []
        var fields: [RequestField] = []
        for element in elements {
            guard let called = element["field"]?.string, !called.isEmpty else {
                complain(section, "a field of \(name) has no name")
                continue
            }
            let place = section.inside(element, field: called)
            if !names.insert(called).inserted { complain(place, "stands twice in \(name)") }
            if let field = requestField(called, in: place, from: vocabulary, lists: lists) { fields.append(field) }
        }
        return fields
    }

    private mutating func requestField(
        _ name: String, in place: Section, from vocabulary: Set<NeutralName>, lists: [NeutralList: Set<NeutralName>]
    ) -> RequestField? {
        require(
            only: [
                "field", "from", "constant", "each", "inside", "plain", "fields", "type", "scale", "format", "length", "mandatory",
                "standard", "words", "kept",
            ], in: place)
        guard let filling = filling(in: place, from: vocabulary, lists: lists) else { return nil }
        return RequestField(
            name: name, filling: filling, type: type(in: place), length: optionalInteger("length", in: place),
            isMandatory: flag("mandatory", in: place), standard: optionalText("standard", in: place),
            words: table("words", in: place), isKept: flag("kept", in: place))
    }

    private mutating func filling(
        in place: Section, from vocabulary: Set<NeutralName>, lists: [NeutralList: Set<NeutralName>]
    ) -> RequestField.Filling? {
        let given = ["from", "constant", "each", "inside"].filter { place.value[$0] != nil }
        guard given.count == 1 else {
            complain(place, "needs one of from, constant, each and inside")
            return nil
        }
        if let constant = optionalText("constant", in: place) { return .constant(constant) }
        if let list = optionalText("each", in: place) {
            guard let list = NeutralList(rawValue: list), let inner = lists[list] else {
                complain(place, "there is no list \(list) here")
                return nil
            }
            let fields = requestFields("fields", in: place, from: inner, lists: lists)
            guard flag("plain", in: place) else { return .each(list, fields) }
            if fields.count != 1 { complain(place, "a plain list needs one field") }
            if dialect == .soapXML { complain(place, "a plain list is for JSON only") }
            return .plain(list, fields)
        }
        if place.value["inside"] != nil { return .inside(requestFields("inside", in: place, from: vocabulary, lists: lists)) }
        guard let from = optionalText("from", in: place) else { return nil }
        if let setting = from.suffix(behind: "setting.") { return .setting(setting) }
        if let secret = from.suffix(behind: "secret.") { return .secret(secret) }
        guard let name = NeutralName(rawValue: from), vocabulary.contains(name) else {
            complain(place, "nothing is called \(from) here")
            return nil
        }
        return .name(name)
    }

    private mutating func type(in place: Section) -> FieldType {
        guard place.value["type"] != nil else { return .text }
        switch word("type", in: place, of: ["text", "integer", "decimal", "day", "time"]) {
        case "integer": return .integer
        case "time":
            guard place.value["format"] != nil else { return .time(.slashed) }
            let format = word("format", in: place, of: TimeFormat.allCases.map(\.rawValue))
            return .time(format.flatMap(TimeFormat.init) ?? .slashed)
        case "decimal":
            let scale = integer("scale", in: place, standard: 4)
            if scale > 4 { complain(place, "has more than 4 decimals") }
            return .decimal(scale: scale)
        case "day":
            let format = word("format", in: place, of: DayFormat.allCases.map(\.rawValue))
            return .day(format.flatMap(DayFormat.init) ?? .compact)
        default: return .text
        }
    }

    mutating func answerFields(_ name: String, in section: Section) -> [AnswerField] {
        guard let list = section.value[name] else { return [] }
        guard case .array(let elements) = list else {
            complain(section, "\(name) is no list")
            return []
        }
        var targets: Set<NeutralName> = []
        var fields: [AnswerField] = []
        for element in elements {
            let names = texts("field", in: Section(value: element, message: section.message, field: section.field))
            guard let first = names.first, !first.isEmpty else {
                complain(section, "a field of \(name) has no name")
                continue
            }
            let place = section.inside(element, field: first)
            require(
                only: ["field", "to", "type", "format", "mandatory", "key", "echo", "words"], in: place)
            guard let word = text("to", in: place) else { continue }
            guard let target = NeutralName(rawValue: word) else {
                complain(place, "nothing is called \(word) here")
                continue
            }
            if !targets.insert(target).inserted { complain(place, "\(word) is read twice in \(name)") }
            fields.append(
                AnswerField(
                    names: names, target: target, type: type(in: place), isMandatory: flag("mandatory", in: place),
                    isKey: flag("key", in: place), isEcho: flag("echo", in: place), words: table("words", in: place)))
        }
        return fields
    }
}

extension String {
    /// What stands behind the prefix; `nil` when it does not begin so, or nothing stands there.
    func suffix(behind prefix: String) -> String? {
        guard hasPrefix(prefix), count > prefix.count else { return nil }
        return String(dropFirst(prefix.count))
    }
}

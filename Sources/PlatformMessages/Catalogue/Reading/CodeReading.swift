import Primitives

// What codes and states mean.
extension CatalogueReader {
    mutating func codeRules(in section: Section) -> CodeRules {
        require(only: ["envelope", "business", "line"], in: section)
        return CodeRules(
            envelope: rules("envelope", in: section), business: rules("business", in: section), line: rules("line", in: section))
    }

    mutating func rules(_ name: String, in section: Section) -> [CodeRule] {
        guard let list = section.value[name] else { return [] }
        guard case .array(let elements) = list else {
            complain(section, "\(name) is no list")
            return []
        }
        return elements.compactMap { rule(in: section.inside($0, field: name)) }
    }

    private mutating func rule(in place: Section) -> CodeRule? {
        require(only: ["code", "text", "means", "afterSeconds", "at"], in: place)
        guard let code = text("code", in: place), let meaning = meaning(in: place) else { return nil }
        let pattern: CodeRule.Code =
            code == "*" ? .any : code.hasSuffix("*") ? .beginning(String(code.dropLast())) : .exactly(code)
        let level = place.value["at"].flatMap { _ in word("at", in: place, of: CodeRule.Level.allCases.map(\.rawValue)) }
        return CodeRule(
            level: level.flatMap(CodeRule.Level.init), code: pattern, text: optionalText("text", in: place), meaning: meaning)
    }

    private mutating func meaning(in place: Section) -> CodeMeaning? {
        let words = ["taken", "lines-refused", "already-done", "not-found", "refused", "not-now", "token-invalid", "unclear"]
        switch word("means", in: place, of: words) {
        case "taken": return .taken
        case "lines-refused": return .linesRefused
        case "already-done": return .alreadyDone
        case "not-found": return .notFound
        case "refused": return .refused
        case "not-now": return .notNow(optionalInteger("afterSeconds", in: place).map { .seconds($0) })
        case "token-invalid": return .tokenInvalid
        case "unclear": return .unclear
        default: return nil
        }
    }

    /// - Parameter words: the states that there are.
    mutating func states(in section: Section, of words: [String]) -> [StateRule] {
        guard let list = section.value["states"] else { return [] }
        return list.elements.compactMap { element in
            let place = Section(value: element, message: section.message, field: "states")
            require(only: ["when", "is"], in: place)
            guard let when = part("when", of: place), let state = word("is", in: place, of: words + ["passed-over"]) else {
                return nil
            }
            var values: [String: [String]] = [:]
            for member in when.value.members { values[member.name] = texts(member.name, in: when) }
            return StateRule(when: values, state: state == "passed-over" ? nil : state)
        }
    }
}

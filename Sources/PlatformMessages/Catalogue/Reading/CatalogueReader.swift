import Primitives

/// Reads a catalogue's file and lists everything that is wrong with it.
struct CatalogueReader {
    let file: String
    private(set) var defects: [PlatformCatalogueDefects.Defect] = []
    private(set) var doubts: [PlatformDoubt] = []
    /// What the file says of its wire; `nil` until it has been read, or when there is no such.
    var dialect: WireDialect?

    init(file: String) { self.file = file }

    /// A part of the file and where it stands.
    struct Section {
        var value: JSONValue
        var message = ""
        var field = ""

        func inside(_ value: JSONValue, field name: String) -> Section {
            Section(value: value, message: message, field: field.isEmpty ? name : "\(field).\(name)")
        }
    }

    mutating func complain(_ section: Section, _ reason: String, field: String? = nil) {
        let place = [section.field, field ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        defects.append(.init(file: file, message: section.message, field: place, reason: reason))
    }

    /// Complains of members that are not in `names`; of anything that is no object. Takes down where the part says that it comes from
    /// elsewhere than the rest, or is less sure: every part may.
    mutating func require(only names: [String], in section: Section) {
        let names = names + ["source", "confidence"]
        let source = optionalText("source", in: section)
        let confidence = optionalText("confidence", in: section)
        if !(section.message.isEmpty && section.field.isEmpty), source != nil || confidence != nil {
            doubts.append(
                PlatformDoubt(message: section.message, field: section.field, source: source ?? "", confidence: confidence ?? ""))
        }
        guard case .object(let members) = section.value else {
            complain(section, "is no object")
            return
        }
        for member in members where !names.contains(member.name) {
            complain(section, "nothing is called \(member.name) here")
        }
    }

    mutating func part(_ name: String, of section: Section) -> Section? {
        guard let value = section.value[name] else {
            complain(section, "is missing", field: name)
            return nil
        }
        return Section(value: value, message: section.message, field: section.field)
    }

    mutating func text(_ name: String, in section: Section) -> String? {
        guard let value = optionalText(name, in: section) else {
            if section.value[name] == nil { complain(section, "\(name) is missing") }
            return nil
        }
        return value
    }

    mutating func optionalText(_ name: String, in section: Section) -> String? {
        guard let value = section.value[name] else { return nil }
        guard let text = value.string else {
            complain(section, "\(name) is no text")
            return nil
        }
        return text
    }

    mutating func integer(_ name: String, in section: Section, standard: Int) -> Int {
        optionalInteger(name, in: section) ?? standard
    }

    mutating func optionalInteger(_ name: String, in section: Section) -> Int? {
        guard let value = section.value[name] else { return nil }
        guard let number = value.integer, (0...1_000_000).contains(number) else {
            complain(section, "\(name) is no whole number from 0 to 1000000")
            return nil
        }
        return Int(number)
    }

    mutating func flag(_ name: String, in section: Section, standard: Bool = false) -> Bool {
        guard let value = section.value[name] else { return standard }
        guard case .bool(let flag) = value else {
            complain(section, "\(name) is neither true nor false")
            return standard
        }
        return flag
    }

    /// One text or several.
    mutating func texts(_ name: String, in section: Section) -> [String] {
        guard let value = section.value[name] else { return [] }
        if let text = value.string { return [text] }
        let texts = value.elements.compactMap(\.string)
        guard case .array(let elements) = value, !elements.isEmpty, texts.count == elements.count else {
            complain(section, "\(name) is neither text nor a list of texts")
            return []
        }
        return texts
    }

    /// Texts by names.
    mutating func table(_ name: String, in section: Section) -> [String: String] {
        guard let value = section.value[name] else { return [:] }
        var table: [String: String] = [:]
        for member in value.members { table[member.name] = member.value.string }
        guard case .object(let members) = value, table.count == members.count else {
            complain(section, "\(name) is no table of texts")
            return [:]
        }
        return table
    }

    /// One of `words`.
    mutating func word(_ name: String, in section: Section, of words: [String]) -> String? {
        guard let word = text(name, in: section) else { return nil }
        guard words.contains(word) else {
            complain(section, "there is no \(name) \(word); there are \(words.joined(separator: ", "))")
            return nil
        }
        return word
    }
}

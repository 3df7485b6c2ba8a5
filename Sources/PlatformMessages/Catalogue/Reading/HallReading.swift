import Primitives

// A catalogue of the service hall: its messages hold objects in objects, by the interface's own names.
extension CatalogueReader {
    mutating func hallCatalogue(in root: Section) -> PlatformCatalogue? {
        require(
            only: [
                "code", "name", "dialect", "specSource", "specVersion", "confidence", "notes", "paths", "limits", "wire", "codes",
                "words", "facts", "questions",
            ], in: root)
        let limits = root.value["limits"].map { self.limits(in: Section(value: $0, field: "limits")) } ?? PlatformLimits()
        let paths = table("paths", in: root)
        if paths["service"] == nil { complain(root, "has no path for service", field: "paths") }
        let codes = part("codes", of: root).map { codeRules(in: Section(value: $0.value, field: "codes")) }
        let names = Section(value: root.value["name"] ?? .null, field: "name")
        let (chinese, english) = (text("zh", in: names), text("en", in: names))
        let map = hallMap(in: root)
        guard let code = text("code", in: root), let chinese, let english, let codes, let map,
            let source = text("specSource", in: root), let version = text("specVersion", in: root),
            let confidence = text("confidence", in: root)
        else { return nil }
        return PlatformCatalogue(
            description: PlatformDescription(
                code: code, name: chinese, specSource: source, specVersion: version, confidence: confidence, limits: limits),
            englishName: english, doubts: doubts, wire: .serviceHall(map), paths: paths, codes: codes, facts: [:], questions: [:],
            lacking: [:], personal: PersonalFields(names: []))
    }

    private mutating func hallMap(in root: Section) -> HallMap? {
        guard let part = part("wire", of: root) else { return nil }
        let wire = Section(value: part.value, field: "wire")
        require(only: ["encType", "signType", "version", "timestamp", "keyOrder"], in: wire)
        let words = Section(value: root.value["words"] ?? .null, field: "words")
        require(only: ["rxStasCodg", "rxUsedStasCodg", "rxChkStasCodg"], in: words)
        let states = hallWords("rxStasCodg", in: words, as: PlatformPrescriptionState.State.self)
        let uses = hallWords("rxUsedStasCodg", in: words, as: PlatformPrescriptionUse.Use.self)
        let decisions = hallWords("rxChkStasCodg", in: words, as: PlatformPrescriptionReview.Decision.self)
        var facts: [PlatformFactKind: HallMessage] = [:]
        for kind in HallMap.factKinds { facts[kind] = hallMessage(kind.rawValue, of: "facts", in: root) }
        var questions: [PlatformQuestionKind: HallMessage] = [:]
        for kind in HallMap.questionKinds { questions[kind] = hallMessage(kind.rawValue, of: "questions", in: root) }
        for member in (root.value["facts"]?.members ?? []) + (root.value["questions"]?.members ?? [])
        where !HallMap.kinds.contains(member.name) {
            complain(Section(value: .null, message: member.name), "there is no such kind at a service hall")
        }
        guard let encryption = text("encType", in: wire), let signature = text("signType", in: wire),
            let version = text("version", in: wire),
            let timestamp = word("timestamp", in: wire, of: HallMap.Timestamp.allCases.map(\.rawValue)).flatMap(
                HallMap.Timestamp.init),
            let order = word("keyOrder", in: wire, of: HallMap.KeyOrder.allCases.map(\.rawValue)).flatMap(HallMap.KeyOrder.init)
        else { return nil }
        return HallMap(
            encryption: encryption, signature: signature, version: version, timestamp: timestamp, order: order, states: states,
            uses: uses, decisions: decisions, facts: facts, questions: questions)
    }

    private mutating func hallWords<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, in section: Section, as type: Word.Type
    ) -> [String: Word] {
        guard let part = part(name, of: section) else { return [:] }
        let place = Section(value: part.value, field: "words.\(name)")
        var words: [String: Word] = [:]
        for member in part.value.members where member.name != "source" && member.name != "confidence" {
            words[member.name] = word(member.name, in: place, of: Word.allCases.map(\.rawValue)).flatMap(Word.init)
        }
        require(only: Array(words.keys), in: place)
        return words
    }

    private mutating func hallMessage(_ kind: String, of part: String, in root: Section) -> HallMessage? {
        guard let value = root.value[part]?[kind] else {
            complain(Section(value: .null, message: kind), "is not described")
            return nil
        }
        let section = Section(value: value, message: kind)
        let isFact = part == "facts"
        require(
            only: ["operation", "path", "number", "request"] + (isFact ? ["recovery", "absenceMeansNotDone"] : []), in: section)
        let recovery = isFact ? self.recovery(in: section) : RecoveryMap.none("a question is asked again")
        let fields = hallFields("request", in: section)
        guard let operation = text("operation", in: section), let path = text("path", in: section), let recovery else { return nil }
        return HallMessage(
            operation: operation, path: path, number: optionalText("number", in: section) ?? "", fields: fields,
            recovery: recovery, absenceMeansNotDone: isFact && flag("absenceMeansNotDone", in: section))
    }

    private mutating func hallFields(_ name: String, in section: Section) -> [HallField] {
        guard case .array(let elements)? = section.value[name], !elements.isEmpty else {
            complain(section, "\(name) is no list of fields")
            return []
        }
        var fields: [HallField] = []
        for element in elements {
            let place = section.inside(element, field: element["field"]?.string ?? name)
            require(only: ["field", "length", "need", "one", "each"], in: place)
            guard let field = text("field", in: place) else { continue }
            let need = element["need"] == nil ? nil : word("need", in: place, of: HallField.Need.allCases.map(\.rawValue))
            let shape: HallField.Shape =
                element["one"] != nil
                ? .one(hallFields("one", in: place)) : element["each"] != nil ? .each(hallFields("each", in: place)) : .text
            fields.append(
                HallField(
                    name: field, shape: shape, need: need.flatMap(HallField.Need.init) ?? .optional,
                    length: optionalInteger("length", in: place)))
        }
        if Set(fields.map(\.name)).count < fields.count { complain(section, "a field stands twice in \(name)") }
        return fields
    }
}

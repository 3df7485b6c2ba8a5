import Primitives

// Messages that tell and ask.
extension CatalogueReader {
    mutating func factMap(_ kind: PlatformFactKind, in section: Section) -> FactMap? {
        require(
            only: [
                "operation", "input", "output", "request", "answer", "lines", "codes", "answerNamesNothing", "bindsNobody",
                "recovery", "variant", "note",
            ], in: section)
        let vocabulary = Vocabulary(telling: kind)
        let request = requestFields("request", in: section, from: vocabulary.names, lists: vocabulary.lists)
        let lines = section.value["lines"].flatMap { lineMap(in: section.inside($0, field: "lines")) }
        guard let operation = text("operation", in: section), let recovery = recovery(in: section) else { return nil }
        return FactMap(
            operation: operation, place: place(in: section), request: request, answer: answerFields("answer", in: section),
            lines: lines,
            codes: rules("codes", in: section), answerNamesNothing: flag("answerNamesNothing", in: section),
            bindsNobody: flag("bindsNobody", in: section), recovery: recovery,
            variants: variants(of: kind, in: section, from: vocabulary))
    }

    private mutating func variants(
        of kind: PlatformFactKind, in section: Section, from vocabulary: Vocabulary
    ) -> [FactVariant] {
        guard let part = section.value["variant"] else { return [] }
        let place = section.inside(part, field: "variant")
        require(only: ["of", "is", "message"], in: place)
        guard let word = text("of", in: place), let value = text("is", in: place), let message = place.value["message"] else {
            if place.value["message"] == nil { complain(place, "message is missing") }
            return []
        }
        guard let name = NeutralName(rawValue: word), vocabulary.lists[.lines]?.contains(name) == true else {
            complain(place, "nothing is called \(word) here")
            return []
        }
        return factMap(kind, in: place.inside(message, field: "message")).map { [FactVariant(name: name, value: value, map: $0)] }
            ?? []
    }

    private mutating func lineMap(in section: Section) -> LineMap? {
        require(only: ["list", "fields", "refused", "mandatory"], in: section)
        let fields = answerFields("fields", in: section)
        if fields.count(where: \.isKey) != 1 { complain(section, "needs one field that is the key") }
        guard let list = text("list", in: section), let refused = word("refused", in: section, of: ["singly", "whole"]) else {
            return nil
        }
        return LineMap(
            list: list, fields: fields, areRefusedSingly: refused == "singly",
            isMandatory: flag("mandatory", in: section, standard: true))
    }

    mutating func recovery(in section: Section) -> RecoveryMap? {
        guard let part = part("recovery", of: section) else { return nil }
        let place = Section(value: part.value, message: section.message, field: "recovery")
        require(only: ["ask", "tellAgain", "none"], in: place)
        guard place.value.members.count == 1 else {
            complain(place, "needs one of ask, tellAgain and none")
            return nil
        }
        if let reason = optionalText("tellAgain", in: place) { return .tellAgain(reason) }
        if let reason = optionalText("none", in: place) { return .none(reason) }
        guard let word = optionalText("ask", in: place) else { return nil }
        guard let kind = PlatformQuestionKind(rawValue: word) else {
            complain(place, "there is no question \(word)")
            return nil
        }
        return .ask(kind)
    }

    mutating func questionMap(_ kind: PlatformQuestionKind, in section: Section) -> QuestionMap? {
        require(
            only: ["operation", "input", "output", "request", "rows", "absenceMeansNotDone", "holdsOthers", "note"], in: section)
        let vocabulary = Vocabulary(asking: kind)
        let request = requestFields("request", in: section, from: vocabulary.names, lists: vocabulary.lists)
        var absence: Set<PlatformFactKind> = []
        for word in texts("absenceMeansNotDone", in: section) {
            if let fact = PlatformFactKind(rawValue: word) {
                absence.insert(fact)
            } else {
                complain(section, "there is no fact \(word)")
            }
        }
        guard let operation = text("operation", in: section), let rows = section.value["rows"],
            let map = rowMap(kind, in: section.inside(rows, field: "rows"), mustBeSteady: flag("holdsOthers", in: section))
        else {
            if section.value["rows"] == nil { complain(section, "rows is missing") }
            return nil
        }
        return QuestionMap(
            operation: operation, place: place(in: section), request: request, rows: map, absenceMeansNotDone: absence,
            holdsOthers: flag("holdsOthers", in: section))
    }

    /// Where a message stands in the national envelope; no other wire has places.
    mutating func place(in section: Section) -> MessagePlace {
        for name in ["input", "output"] where section.value[name] != nil && dialect != .nationalEnvelope {
            complain(section, "\(name) is for the national envelope only")
        }
        return MessagePlace(input: optionalText("input", in: section), output: texts("output", in: section))
    }

    private mutating func rowMap(_ kind: PlatformQuestionKind, in section: Section, mustBeSteady: Bool) -> RowMap? {
        require(only: ["list", "mandatory", "paging", "cursor", "fields", "states"], in: section)
        let fields = answerFields("fields", in: section)
        let states = states(in: section, of: RowNeeds.states(of: kind))
        for name in RowNeeds.names(of: kind) where !fields.contains(where: { $0.target == name }) {
            complain(section, "no field gives \(name.rawValue)")
        }
        if RowNeeds.hasState(kind), states.isEmpty { complain(section, "no state is described") }
        guard let paging = word("paging", in: section, of: ["whole", "numbered", "until-empty", "last-row", "answer"]) else {
            return nil
        }
        let cursor = paging == "last-row" || paging == "answer" ? text("cursor", in: section) ?? "" : ""
        let known: [String: RowMap.Paging] = [
            "numbered": .numbered(mustBeSteady: mustBeSteady), "until-empty": .untilEmpty(mustBeSteady: mustBeSteady),
            "last-row": .lastRow(cursor), "answer": .answer(cursor),
        ]
        return RowMap(
            place: optionalText("list", in: section).map { .list($0) } ?? .single,
            isMandatory: flag("mandatory", in: section), paging: known[paging] ?? .whole, fields: fields,
            states: states)
    }
}

import Formulary
import Parties
import Primitives

/// Reads one row of each file; `nil`, with what is wrong noted in the row, when it cannot be used.
struct RuleRowReading {
    /// Codes of groups, then of substances too.
    var known: Set<String> = []

    func group(_ row: inout CatalogRow) -> SubstanceGroup? {
        let group = SubstanceGroup(code: row.ownCode("code", max: 40), chinese: row.text("chinese"), english: row.text("english"))
        _ = row.source()
        return row.isSound ? group : nil
    }

    func substance(_ row: inout CatalogRow) -> Substance? {
        let kind = row.choice("kind", ["medicine": false, "piece": true])
        let substance = Substance(
            code: row.ownCode("code", max: 40), chinese: row.text("chinese"), english: row.text("english"),
            isPiece: kind ?? false, names: row.list("names"), excluding: row.list("excluding"),
            groups: row.members("groups", among: known))
        _ = row.flag("in_catalogue")
        if substance.names.isEmpty { row.note(.required, "names") }
        return row.isSound ? substance : nil
    }

    func interaction(_ row: inout CatalogRow) -> Interaction? {
        let first = Interaction.Side(
            code: row.member("first", among: known), route: row.optionalChoice("first_route", RouteGroup.self))
        let second = Interaction.Side(
            code: row.member("second", among: known), route: row.optionalChoice("second_route", RouteGroup.self))
        let code = row.ownCode("code")
        let severity = row.choice("severity", InteractionSeverity.self)
        let interaction = Interaction(
            code: code, first: first, second: second, severity: severity ?? .severe, effect: row.phrase("effect"),
            advice: row.phrase("advice"), source: row.source())
        return row.isSound ? interaction : nil
    }

    func allergen(_ row: inout CatalogRow) -> Allergen? {
        let allergen = Allergen(
            code: row.ownCode("code", max: 40), chinese: row.text("chinese"), english: row.text("english"),
            names: row.list("names"), members: row.members("members", among: known),
            crossReacting: row.members("cross_reacting", among: known), source: row.source())
        if allergen.members.isEmpty { row.note(.ruleIncomplete, "members") }
        return row.isSound ? allergen : nil
    }

    func doseLimit(_ row: inout CatalogRow) -> DoseLimit? {
        let route = row.choice("route", RouteGroup.self)
        let hours = row.plainText("hours_apart", isRequired: false).isEmpty ? nil : row.integer("hours_apart", in: 1...8_760)
        let limit = DoseLimit(
            code: row.ownCode("code"), substance: row.member("substance", among: known), route: route ?? .other,
            ageFrom: row.age("age_from"), ageUnder: row.age("age_under"), singleLeast: row.amount("single_least"),
            singleMost: row.amount("single_most"), dayMost: row.amount("day_most"),
            kilogramSingleMost: row.amount("kilogram_single_most"), kilogramDayMost: row.amount("kilogram_day_most"),
            hoursApart: hours.map { Int($0) }, source: row.source())
        if Set(limit.measures).count != 1 { row.note(.ruleIncomplete, "single_most") }
        if let least = limit.singleLeast, let most = limit.singleMost, least.value > most.value {
            row.note(.ruleIncomplete, "single_least")
        }
        if let single = limit.singleMost, let day = limit.dayMost, single.value > day.value { row.note(.ruleIncomplete, "day_most") }
        return row.isSound ? limit : nil
    }

    func personLimit(_ row: inout CatalogRow) -> PersonLimit? {
        let (under, from) = (row.age("under"), row.age("from_age"))
        let sex = row.optionalChoice("not_for", CheckedPatient.Sex.self)
        let conditions: [PersonLimit.Condition] = [
            under.map { .younger(than: $0) }, from.map { .reached($0) }, sex.map { .sex($0) },
        ].compactMap { $0 }
        if row.isSound, conditions.count != 1 { row.note(.ruleIncomplete, "under") }
        let (names, members) = (row.list("names"), row.members("members", among: known))
        if names.isEmpty, members.isEmpty { row.note(.ruleIncomplete, "names") }
        let severity = row.choice("severity", FindingSeverity.self)
        let (code, reason, source) = (row.ownCode("code"), row.phrase("reason"), row.source())
        guard row.isSound, let condition = conditions.first, let severity else { return nil }
        return PersonLimit(
            code: code, names: names, members: members, condition: condition, severity: severity, reason: reason, source: source)
    }

    func longDiagnosis(_ row: inout CatalogRow) -> LongDiagnosis? {
        let prefix = row.ownCode("icd_prefix", max: 10)
        if prefix != DiagnosisCode.comparable(prefix) { row.note(.codeMalformed, "icd_prefix") }
        let diagnosis = LongDiagnosis(
            prefix: prefix, chinese: row.text("chinese"), english: row.text("english"), source: row.source())
        return row.isSound ? diagnosis : nil
    }

    func longExclusion(_ row: inout CatalogRow) -> LongExclusion? {
        let lifted = row.list("lifted_by")
        if lifted.contains(where: { $0 != DiagnosisCode.comparable($0) }) { row.note(.codeMalformed, "lifted_by") }
        let exclusion = LongExclusion(
            drugClass: row.ownCode("drug_class", max: 20), chinese: row.text("chinese"), english: row.text("english"),
            liftedBy: lifted, source: row.source())
        return row.isSound ? exclusion : nil
    }

    func institutionLimit(_ row: inout CatalogRow) -> InstitutionLimit? {
        let (names, members) = (row.list("names"), row.members("members", among: known))
        if names.isEmpty, members.isEmpty { row.note(.ruleIncomplete, "names") }
        let lowest = row.choice("lowest_level", FacilityLevel.self)
        let severity = row.choice("severity", FindingSeverity.self)
        let (code, reason, source) = (row.ownCode("code"), row.phrase("reason"), row.source())
        guard row.isSound, let lowest, let severity else { return nil }
        return InstitutionLimit(
            code: code, names: names, members: members, lowest: lowest, severity: severity, reason: reason, source: source)
    }

    func duplicateException(_ row: inout CatalogRow) -> DuplicateException? {
        let kind = row.choice("kind", DuplicateException.Kind.self)
        let member = row.ownCode("member", max: 40)
        if kind == .substance, !known.contains(member) { row.note(.referenceUnknown, "member") }
        let (chinese, english, source) = (row.text("chinese"), row.text("english"), row.source())
        guard row.isSound, let kind else { return nil }
        return DuplicateException(kind: kind, member: member, chinese: chinese, english: english, source: source)
    }
}

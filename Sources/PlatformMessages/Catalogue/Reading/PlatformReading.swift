import Primitives

// The platform as a whole.
extension CatalogueReader {
    mutating func catalogue(in document: JSONValue) -> PlatformCatalogue? {
        let root = Section(value: document)
        if document["dialect"] == "service-hall" { return hallCatalogue(in: root) }
        dialect = word("dialect", in: root, of: WireDialect.allCases.map(\.rawValue)).flatMap(WireDialect.init)
        guard dialect != .undescribed else { return undescribed(in: root) }
        require(
            only: [
                "code", "name", "dialect", "families", "personal", "specSource", "specVersion", "confidence", "notes", "paths",
                "limits", "wire", "codes",
                "facts",
                "questions", "lacking",
            ], in: root)
        let limits = document["limits"].map { self.limits(in: Section(value: $0, field: "limits")) } ?? PlatformLimits()
        let paths = table("paths", in: root)
        if paths["service"] == nil { complain(root, "has no path for service", field: "paths") }
        let codes = document["codes"].map { codeRules(in: Section(value: $0, field: "codes")) }
        let lacking = table("lacking", in: root)
        let families = families(in: root)
        let personal = PersonalFields(names: Set(texts("personal", in: root)))
        let facts = messages("facts", in: root, of: families, lacking: lacking) { reader, kind, section in
            reader.factMap(kind, in: section)
        }
        let questions = messages("questions", in: root, of: families, lacking: lacking) { reader, kind, section in
            reader.questionMap(kind, in: section)
        }
        for kind in PlatformFactKind.allCases {
            if case .ask(let question)? = facts[kind]?.recovery, questions[question] == nil {
                complain(
                    Section(value: .null, message: kind.rawValue, field: "recovery"),
                    "asks \(question.rawValue), which is not described")
            }
        }
        checkLacking(lacking)
        let names = document["name"].map { Section(value: $0, field: "name") } ?? Section(value: .null, field: "name")
        let chinese = text("zh", in: names)
        let english = text("en", in: names)
        guard let code = text("code", in: root), let chinese, let english, let wire = wire(in: root), let codes,
            let source = text("specSource", in: root), let version = text("specVersion", in: root),
            let confidence = text("confidence", in: root)
        else {
            if codes == nil { complain(root, "codes is missing") }
            return nil
        }
        return PlatformCatalogue(
            description: PlatformDescription(
                code: code, name: chinese, specSource: source, specVersion: version, confidence: confidence, limits: limits),
            englishName: english, doubts: doubts, wire: wire, paths: paths, codes: codes, facts: facts, questions: questions,
            lacking: lacking, personal: personal)
    }

    /// What the platform is for: procurement, where the file says nothing.
    private mutating func families(in root: Section) -> Set<KindFamily> {
        guard root.value["families"] != nil else { return [.procurement] }
        var families: Set<KindFamily> = []
        for word in texts("families", in: root) {
            if let family = KindFamily(rawValue: word) {
                families.insert(family)
            } else {
                complain(root, "there is no family \(word)")
            }
        }
        return families
    }

    /// Every kind of the platform's families is described, or the catalogue says why it is not; `*` says it of all that are left.
    private mutating func messages<Kind: KindOfMessage, Map>(
        _ name: String, in root: Section, of families: Set<KindFamily>, lacking: [String: String],
        read: (inout CatalogueReader, Kind, Section) -> Map?
    ) -> [Kind: Map] {
        var maps: [Kind: Map] = [:]
        for member in root.value[name]?.members ?? [] {
            guard let kind = Kind(rawValue: member.name) else {
                complain(Section(value: .null, message: member.name), "there is no such kind among \(name)")
                continue
            }
            if let map = read(&self, kind, Section(value: member.value, message: member.name)) { maps[kind] = map }
        }
        for kind in Kind.allCases where !HallMap.kinds.contains(kind.rawValue) {
            let isDescribed = root.value[name]?[kind.rawValue] != nil
            if isDescribed, lacking[kind.rawValue] != nil {
                complain(Section(value: .null, message: kind.rawValue), "is described and lacking")
            } else if !isDescribed, families.contains(kind.family), lacking[kind.rawValue] == nil, lacking["*"] == nil {
                complain(Section(value: .null, message: kind.rawValue), "is neither described nor said to be lacking")
            }
        }
        return maps
    }

    private mutating func checkLacking(_ lacking: [String: String]) {
        let kinds = PlatformFactKind.allCases.map(\.rawValue) + PlatformQuestionKind.allCases.map(\.rawValue)
        for name in lacking.keys.sorted() where !kinds.contains(name) && name != "*" {
            complain(Section(value: .null, message: name), "there is no such kind")
        }
    }

    mutating func limits(in section: Section) -> PlatformLimits {
        require(
            only: [
                "pauseMilliseconds", "requestsAtOnce", "linesMost", "pageRows", "requestSeconds", "openMinutes", "source",
                "confidence",
            ],
            in: section)
        let standard = PlatformLimits()
        var open: [Range<Int>] = []
        for element in section.value["openMinutes"]?.elements ?? [] {
            guard let from = element[0]?.integer, let to = element[1]?.integer, element.elements.count == 2, 0 <= from, from < to,
                to <= 1_440
            else {
                complain(section, "openMinutes holds what is no pair of minutes of a day")
                continue
            }
            open.append(Int(from)..<Int(to))
        }
        return PlatformLimits(
            pause: .milliseconds(integer("pauseMilliseconds", in: section, standard: 0)),
            requestsAtOnce: max(1, integer("requestsAtOnce", in: section, standard: standard.requestsAtOnce)),
            linesMost: max(1, integer("linesMost", in: section, standard: standard.linesMost)),
            pageRows: max(1, integer("pageRows", in: section, standard: standard.pageRows)),
            requestTime: .seconds(max(1, integer("requestSeconds", in: section, standard: 30))), openMinutes: open)
    }
}

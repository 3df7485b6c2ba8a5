import Primitives

// Platforms that are declared and cannot be spoken to.
extension CatalogueReader {
    mutating func undescribed(in root: Section) -> PlatformCatalogue? {
        require(only: ["code", "name", "dialect", "specSource", "specVersion", "confidence", "known", "unknown"], in: root)
        let unknown = texts("unknown", in: root)
        if unknown.isEmpty { complain(root, "does not say what is unknown") }
        let names = Section(value: root.value["name"] ?? .null, field: "name")
        guard let code = text("code", in: root), let chinese = text("zh", in: names), let english = text("en", in: names),
            let source = text("specSource", in: root), let version = text("specVersion", in: root),
            let confidence = text("confidence", in: root)
        else { return nil }
        return PlatformCatalogue(
            description: PlatformDescription(
                code: code, name: chinese, specSource: source, specVersion: version, confidence: confidence),
            englishName: english, doubts: doubts, wire: .undescribed, paths: [:],
            codes: CodeRules(envelope: [], business: [], line: []),
            facts: [:], questions: [:], lacking: ["*": "unknown are " + unknown.joined(separator: "; ")],
            known: texts("known", in: root), unknown: unknown)
    }
}

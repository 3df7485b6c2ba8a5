import Crypto
public import Formulary
import Primitives

/// One file of the rule catalogue as it came.
public struct RuleFile: Sendable {
    /// As the person named it.
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// What is wrong with rows of one file.
public struct RuleFileProblems: Sendable {
    public let path: String
    public let problems: [CatalogProblem]
}

/// A rule catalogue read from its files, all of them together: each row checked by itself and against the others.
public struct RuleCatalogueFiles: Sendable {
    /// As the edition names itself; empty when it does not.
    public private(set) var version = ""
    public private(set) var data = RuleData()
    /// Only the files that have any.
    public private(set) var problems: [RuleFileProblems] = []
    /// Rows of every file but the edition's.
    public private(set) var rows = 0
    /// Of all files in the order of their kinds, lower-case hex.
    public let sha256: String

    private var reading = RuleRowReading()

    /// - Throws: `FormularyRefusal` for a file that cannot be read; ``MedicationRulesRefusal`` for a kind that is missing,
    ///   or there twice.
    public init(_ files: [RuleFile]) throws {
        var byKind: [RuleFileKind: (file: RuleFile, content: CatalogFile)] = [:]
        for file in files {
            let content = try CatalogFile(file.bytes)
            guard let kind = RuleFileKind(header: content.header) else {
                throw MedicationRulesRefusal(.filesMissing, "\(file.path) is no file of the rule catalogue")
            }
            guard byKind.updateValue((file, content), forKey: kind) == nil else {
                throw MedicationRulesRefusal(.fileRepeated, "\(file.path): \(kind.rawValue)")
            }
        }
        let missing = RuleFileKind.allCases.filter { byKind[$0] == nil }.map(\.rawValue)
        guard missing.isEmpty else { throw MedicationRulesRefusal(.filesMissing, missing.joined(separator: ", ")) }
        var digest = SHA256()
        for kind in RuleFileKind.allCases {
            digest.update(data: Array("\(kind.rawValue)\n".utf8) + (byKind[kind]?.file.bytes ?? []))
        }
        sha256 = digest.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for kind in RuleFileKind.allCases {
            if let (file, content) = byKind[kind] { read(kind, file, content) }
        }
    }

    /// The catalogue, when every row is sound.
    public var catalogue: RuleCatalogue? {
        problems.isEmpty ? RuleCatalogue(data, edition: RuleEdition(version: version, sha256: sha256)) : nil
    }

    private mutating func read(_ kind: RuleFileKind, _ file: RuleFile, _ content: CatalogFile) {
        var table = RuleTable(content)
        let reading = reading
        switch kind {
        case .edition:
            version = table.read(key: { $0 }) { row in
                let version = row.ownVersion()
                _ = (row.day("compiled_on"), row.text("scope"))
                return row.isSound ? version : nil
            }.first ?? ""
        case .groups: data.groups = table.read(key: \.code, reading.group)
        case .substances: data.substances = table.read(key: \.code, reading.substance)
        case .interactions: data.interactions = table.read(key: \.code, reading.interaction)
        case .allergens: data.allergens = table.read(key: \.code, reading.allergen)
        case .doseLimits: data.doseLimits = table.read(key: \.code, reading.doseLimit)
        case .personLimits: data.personLimits = table.read(key: \.code, reading.personLimit)
        case .longDiagnoses: data.longDiagnoses = table.read(key: \.prefix, reading.longDiagnosis)
        case .longExclusions: data.longExclusions = table.read(key: \.drugClass, reading.longExclusion)
        case .institutionLimits: data.institutionLimits = table.read(key: \.code, reading.institutionLimit)
        case .duplicateExceptions:
            data.duplicateExceptions = table.read(key: { "\($0.kind.rawValue) \($0.member)" }, reading.duplicateException)
        }
        self.reading.known = Set(data.groups.map(\.code) + data.substances.map(\.code))
        if kind != .edition { rows += content.records.count }
        if !table.problems.isEmpty { problems.append(RuleFileProblems(path: file.path, problems: table.problems)) }
    }
}

/// The rows of one file, read one after the other.
private struct RuleTable {
    let content: CatalogFile
    private(set) var problems: [CatalogProblem] = []

    init(_ content: CatalogFile) { self.content = content }

    /// - Parameter key: what no two rows may share.
    /// - Returns: the sound rows in the order of their keys.
    mutating func read<Entry>(key: (Entry) -> String, _ read: (inout CatalogRow) -> Entry?) -> [Entry] {
        let columns = Dictionary(content.header.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var lineOfKey: [String: Int] = [:]
        var entries: [Entry] = []
        for record in content.records {
            var row = CatalogRow(line: record.line, fields: record.fields, columns: columns)
            let entry = row.isSound ? read(&row) : nil
            if let entry {
                if let earlier = lineOfKey[key(entry)] {
                    row.note(.repeated, content.header[0], otherLine: earlier)
                } else {
                    lineOfKey[key(entry)] = record.line
                    entries.append(entry)
                }
            }
            problems += row.problems
        }
        return entries.sorted { key($0) < key($1) }
    }
}

extension CatalogRow {
    /// `2026.1`
    fileprivate mutating func ownVersion() -> String {
        let version = plainText("version", max: 30)
        if !version.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) }) { note(.codeMalformed, "version") }
        return version
    }
}

import Primitives

/// A platform as a reviewed file describes it: its wire, its messages with every field, and what its codes and states mean.
///
/// A province is such a file. What is needed beyond it to speak to a platform is an account.
public struct PlatformCatalogue: Sendable, Hashable {
    public let description: PlatformDescription
    /// In English; ``description`` has the Chinese one.
    public let englishName: String
    /// What is less sure than ``PlatformDescription/confidence`` says of the whole, in the order of the file.
    public let doubts: [PlatformDoubt]
    /// Of a platform that cannot be spoken to: what is known of it, and what would have to be known. Both are empty for every other.
    public let known: [String]
    public let unknown: [String]
    let wire: WireMap
    let paths: [String: String]
    let codes: CodeRules
    let facts: [PlatformFactKind: FactMap]
    let questions: [PlatformQuestionKind: QuestionMap]
    /// Why the platform cannot be told or asked this, by the name of its kind.
    let lacking: [String: String]
    /// Fields of any message that tell who a patient is.
    let personal: PersonalFields

    /// Reads the text of a catalogue's file.
    ///
    /// - Parameter file: its name, for the list of defects.
    public init(parsing text: String, file: String) throws(PlatformCatalogueDefects) {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: text)
        } catch {
            throw PlatformCatalogueDefects([.init(file: file, message: "", field: "", reason: "is no JSON: \(error)")])
        }
        var reader = CatalogueReader(file: file)
        let catalogue = reader.catalogue(in: document)
        guard let catalogue, reader.defects.isEmpty else { throw PlatformCatalogueDefects(reader.defects) }
        self = catalogue
    }

    init(
        description: PlatformDescription, englishName: String, doubts: [PlatformDoubt], wire: WireMap, paths: [String: String],
        codes: CodeRules,
        facts: [PlatformFactKind: FactMap], questions: [PlatformQuestionKind: QuestionMap], lacking: [String: String],
        personal: PersonalFields = PersonalFields(names: []), known: [String] = [], unknown: [String] = []
    ) {
        self.description = description
        self.englishName = englishName
        self.doubts = doubts
        self.wire = wire
        self.paths = paths
        self.codes = codes
        self.facts = facts
        self.questions = questions
        self.lacking = lacking
        self.personal = personal
        self.known = known
        self.unknown = unknown
    }

    /// Whether the platform can be spoken to. One that cannot is declared, so that nobody takes it for forgotten.
    public var isDescribed: Bool { unknown.isEmpty }

    /// What the platform can be told, and what it can be asked.
    public var tellable: Set<PlatformFactKind> { Set(facts.keys).union(hall?.facts.keys.map { $0 } ?? []) }
    public var askable: Set<PlatformQuestionKind> { Set(questions.keys).union(hall?.questions.keys.map { $0 } ?? []) }

    private var hall: HallMap? { if case .serviceHall(let map) = wire { map } else { nil } }

    /// The platform as it is spoken to with this account.
    public func dialect(for account: PlatformAccount) -> any PlatformDialect {
        func catalogued(_ wire: any PlatformWire) -> CatalogueDialect {
            CatalogueDialect(catalogue: self, account: account, wire: wire)
        }
        return switch wire {
        case .signedJSON: catalogued(SignedJSONWire(account: account, paths: paths))
        case .soapXML(let map): catalogued(SoapXMLWire(account: account, paths: paths, map: map))
        case .nationalEnvelope(let map): catalogued(NationalEnvelopeWire(account: account, paths: paths, map: map))
        case .undescribed: catalogued(UndescribedWire())
        case .serviceHall(let map): ServiceHallDialect(catalogue: self, map: map, account: account)
        }
    }
}

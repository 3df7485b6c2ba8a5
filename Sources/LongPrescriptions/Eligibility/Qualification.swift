import Postgres
public import Primitives

/// A physician's professional title (职称), lowest first.
public enum PhysicianTitle: String, StoredText, Codable, CaseIterable {
    /// 住院医师
    case resident
    /// 主治医师
    case attending
    /// 副主任医师
    case associateChief = "associate-chief"
    /// 主任医师
    case chief

    /// Intermediate title or above (中级以上).
    public var isIntermediate: Bool { self != .resident }
}

/// What a physician practises, as far as chronic diseases are concerned.
public enum Specialty: String, StoredText, Codable, CaseIterable {
    case generalPractice = "general-practice"
    case geriatrics
    case internalMedicine = "internal-medicine"
    case cardiology, respiratory, endocrinology, neurology, psychiatry, gastroenterology, nephrology, rheumatology
    case haematology, urology, ophthalmology, dermatology, oncology
    case infectiousDiseases = "infectious-diseases"

    /// The three-character categories of ICD-10 that it treats, each range with both its ends.
    ///
    /// Source: the chapters and blocks of ICD-10; which specialty is the relevant one is not defined by the norm, so this is
    /// an own rule.
    private var categories: [ClosedRange<String>] {
        switch self {
        case .generalPractice, .geriatrics: ["A00"..."Z99"]
        case .internalMedicine: ["A00"..."E90", "G00"..."G99", "I00"..."N99"]
        case .cardiology: ["I00"..."I59", "I70"..."I99", "E78"..."E78"]
        case .respiratory: ["J00"..."J99", "A15"..."A16"]
        case .endocrinology: ["E00"..."E90", "M80"..."M82"]
        case .neurology: ["G00"..."G99", "I60"..."I69"]
        case .psychiatry: ["F00"..."F99"]
        case .gastroenterology: ["K00"..."K93", "B18"..."B18"]
        case .nephrology: ["N00"..."N29", "I12"..."I13"]
        case .rheumatology: ["M00"..."M99"]
        case .haematology: ["D50"..."D89"]
        case .urology: ["N20"..."N51"]
        case .ophthalmology: ["H00"..."H59"]
        case .dermatology: ["L00"..."L99"]
        case .oncology: ["C00"..."D48"]
        case .infectiousDiseases: ["A00"..."B99"]
        }
    }

    /// Whether a diagnosis belongs to the specialty.
    public func treats(_ code: DiagnosisCategory) -> Bool { categories.contains { $0.contains(code.text) } }
}

/// The three-character category of a code of ICD-10: `I10` of `I10.x00`.
public struct DiagnosisCategory: Sendable, Hashable {
    public let text: String

    /// `nil` when the code does not begin with a letter and two digits.
    public init?(_ code: String) {
        let characters = Array(code.uppercased().utf8.prefix(3))
        guard characters.count == 3, (65...90).contains(characters[0]),
            characters.dropFirst().allSatisfy({ (48...57).contains($0) })
        else { return nil }
        text = String(decoding: characters, as: UTF8.self)
    }
}

/// What a prescriber is, as the consortium's supervisor has declared it.
public struct PrescriberQualification: Sendable, Hashable, Codable {
    public let title: PhysicianTitle
    public let specialties: [Specialty]

    public init(title: PhysicianTitle, specialties: [Specialty]) {
        self.title = title
        self.specialties = specialties
    }
}

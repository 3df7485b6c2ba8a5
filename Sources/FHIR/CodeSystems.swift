/// The URIs that say which system a code or number belongs to. What HL7 or GS1 has published is theirs; what China's
/// systems are called differs between regions and is configuration; ours begin with ``own``.
///
/// Source: HL7 R4 for `icd10`, `ucum` and `gtin`; the OID of resident numbers stands in the shared health documents
/// (WS/T 500) and is unverified; no URI is published for the national insurance's and the drug regulator's codes.
public struct CodeSystems: Sendable, Hashable {
    public var own = "urn:lianyao"
    /// Diagnoses.
    public var icd10 = "http://hl7.org/fhir/sid/icd-10"
    /// Diagnoses of Chinese medicine (GB/T 15657).
    public var chineseMedicine = "urn:lianyao:chinese-medicine"
    /// 公民身份号码
    public var residentNumber = "urn:oid:2.16.156.10011.1.3"
    /// 国家医保药品编码
    public var insuranceDrug = "urn:lianyao:nhsa-drug"
    /// 国家药品本位码
    public var nationalDrug = "urn:lianyao:national-drug"
    /// 药品批准文号
    public var approvalNumber = "urn:lianyao:approval-number"
    public var gtin = "https://www.gs1.org/gtin"

    public static let ucum = "http://unitsofmeasure.org"
    /// Kinds of identifier: placer, filler, placer group.
    static let identifierType = "http://terminology.hl7.org/CodeSystem/v2-0203"
    static let timing = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
    static let requestCategory = "http://terminology.hl7.org/CodeSystem/medicationrequest-category"
    static let signatureType = "urn:iso-astm:E1762-95:2013"
    static let courseOfTherapy = "http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy"

    public init() {}

    /// The systems that may be called otherwise, by the name that configuration has for them.
    static let configurable: [String: any WritableKeyPath<CodeSystems, String> & Sendable] = [
        "own": \.own, "icd10": \.icd10, "chinese-medicine": \.chineseMedicine, "resident-number": \.residentNumber, "insurance-drug": \.insuranceDrug,
        "national-drug": \.nationalDrug, "approval-number": \.approvalNumber, "gtin": \.gtin,
    ]

    /// The names for ``call(_:_:)``.
    public static var names: [String] { configurable.keys.sorted() }

    /// Calls a system by another URI.
    ///
    /// - Returns: whether there is a system of that name and `uri` could be one.
    public mutating func call(_ name: String, _ uri: String) -> Bool {
        guard let system = Self.configurable[name], uri.contains(":"), !uri.contains(where: \.isWhitespace), !uri.contains("|")
        else { return false }
        self[keyPath: system] = uri
        return true
    }

    public static let standard = CodeSystems()

    public var patientNumber: String { "\(own):patient-number" }
    public var prescriptionNumber: String { "\(own):prescription-number" }
    /// `CF-2026-000123-W0001`: the number of the prescription and the code of the product.
    public var prescriptionLine: String { "\(own):prescription-line" }
    public var dispensingLine: String { "\(own):dispensing-line" }
    public var person: String { "\(own):person" }
    public var facility: String { "\(own):facility" }
    public var store: String { "\(own):store" }
    public var product: String { "\(own):product" }
    public var unit: String { "\(own):unit" }
    public var dosageForm: String { "\(own):dosage-form" }
    public var route: String { "\(own):route" }
    public var department: String { "\(own):department" }
    /// Visits, by the institution's number.
    public var visit: String { "\(own):visit" }
    public var signingKey: String { "\(own):signing-key" }
    public var frequency: String { "\(own):order-frequency" }
    public var prescriptionKind: String { "\(own):prescription-kind" }
    public var refusal: String { "\(own):refusal" }

    /// Facts that FHIR has no element for.
    public func extensionURL(_ name: ExtensionName) -> String { "\(own):extension:\(name.rawValue)" }
}

/// The names of our extensions.
public enum ExtensionName: String, Sendable, CaseIterable {
    /// Where a prescription is, in our words: `approved`.
    case prescriptionState = "prescription-state"
    case prescriptionVersion = "prescription-version"
    /// Why the supply is longer than usual.
    case supplyReason = "supply-reason"
    /// A use for which a longer supply of a controlled drug is lawful.
    case controlledPurpose = "controlled-purpose"
    /// One record that a long prescription needs; stands as often as there are records.
    case longRecord = "long-record"
    /// The department that prescribes: its code and name.
    case department
    /// How herbal pieces are prepared: doses in all, doses a day, the way, and whether the pharmacy boils them.
    case herbalDoses = "herbal-doses"
    case herbalDosesPerDay = "herbal-doses-per-day"
    case herbalMethod = "herbal-method"
    case boiledByPharmacy = "boiled-by-pharmacy"
    /// The prescriber's signature over the canonical content.
    case signature
    /// Strength in words: `0.25g`.
    case strengthText = "strength-text"
    /// What has come back of a dispensing.
    case returnedQuantity = "returned-quantity"
    case specialControl = "special-control"
}

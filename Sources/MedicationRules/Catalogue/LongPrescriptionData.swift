/// A diagnosis for which a long prescription may be written.
public struct LongDiagnosis: Sendable, Hashable, Codable {
    /// The beginning of codes of ICD-10, without the dot.
    public let prefix: String
    public let chinese: String
    public let english: String
    public let source: String

    public init(prefix: String, chinese: String, english: String, source: String) {
        self.prefix = prefix
        self.chinese = chinese
        self.english = english
        self.source = source
    }
}

/// A class of medicines that a long prescription may not hold.
public struct LongExclusion: Sendable, Hashable, Codable {
    /// The beginning of national drug classes.
    public let drugClass: String
    public let chinese: String
    public let english: String
    /// Beginnings of codes of ICD-10 that lift it: tuberculosis for antimicrobials.
    public let liftedBy: [String]
    public let source: String

    public init(drugClass: String, chinese: String, english: String, liftedBy: [String] = [], source: String) {
        self.drugClass = drugClass
        self.chinese = chinese
        self.english = english
        self.liftedBy = liftedBy
        self.source = source
    }
}

/// Codes of ICD-10 as they are compared: capital letters and digits alone.
enum DiagnosisCode {
    static func comparable(_ code: String) -> String { code.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) } }
}

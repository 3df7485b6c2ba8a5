public import Primitives

/// The kinds of resource that are kept, by the name in their address.
public enum ResourceType: String, Sendable, CaseIterable {
    case patient = "Patient"
    case medication = "Medication"
    case medicationRequest = "MedicationRequest"
    case medicationDispense = "MedicationDispense"
}

/// One parameter of a search.
public struct SearchParameter: Sendable, Hashable {
    public enum Kind: String, Sendable { case token, string, date, reference }

    public let name: String
    public let kind: Kind
    public let meaning: Phrase
    /// What may stand behind the name: `name:exact`.
    public let modifiers: [String]

    init(_ name: String, _ kind: Kind, _ meaning: Phrase, modifiers: [String] = []) {
        self.name = name
        self.kind = kind
        self.meaning = meaning
        self.modifiers = modifiers
    }
}

extension ResourceType {
    public var parameters: [SearchParameter] {
        switch self {
        case .patient:
            [
                .init("_id", .token, Phrase("标识", "The id")),
                .init("identifier", .token, Phrase("患者卡号", "The number on the patient's card")),
                .init(
                    "name", .string, Phrase("姓名的开头", "What the name begins with"), modifiers: ["exact", "contains"]),
                .init("birthdate", .date, Phrase("出生日期", "The day of birth")),
            ]
        case .medication:
            [
                .init("_id", .token, Phrase("标识", "The id")),
                .init(
                    "code", .token,
                    Phrase("品种、医保、本位码、批准文号或条码", "A product, insurance, national drug, approval or trade item code")),
                .init("_text", .string, Phrase("名称、拼音或简拼", "A name, a reading or its initials")),
                .init("name", .string, Phrase("同 _text", "The same as _text")),
            ]
        case .medicationRequest:
            [
                .init("_id", .token, Phrase("标识", "The id")),
                .init(
                    "identifier", .token,
                    Phrase("处方明细号或开方系统的标识", "The number of the line, or an identifier of the system that placed it")),
                .init("group-identifier", .token, Phrase("处方号", "The number of the prescription")),
                .init("patient", .reference, Phrase("患者", "The patient")),
                .init("subject", .reference, Phrase("患者", "The patient")),
                .init("status", .token, Phrase("状态", "The status")),
                .init("intent", .token, Phrase("意图，恒为 order", "The intent, which is always order")),
                .init("authoredon", .date, Phrase("开具时间", "When it was first written")),
            ]
        case .medicationDispense:
            [
                .init("_id", .token, Phrase("标识", "The id")),
                .init("identifier", .token, Phrase("发药明细号", "The number of the line")),
                .init("patient", .reference, Phrase("患者", "The patient")),
                .init("subject", .reference, Phrase("患者", "The patient")),
                .init("prescription", .reference, Phrase("处方", "The MedicationRequest it was handed out on")),
                .init("status", .token, Phrase("状态，恒为 completed", "The status, which is always completed")),
                .init("whenhandedover", .date, Phrase("发药时间", "When it was handed out")),
            ]
        }
    }
}

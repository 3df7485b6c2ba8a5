public import Primitives

/// What may be done when a pharmacy lacks something of a prescription.
public enum ProposalKind: String, Sendable, Codable, CaseIterable {
    /// Two pharmacies hand out a part each, today.
    case split
    /// What another pharmacy has is brought to the patient's home or village.
    case delivery
    /// Another store of the consortium sends what it can spare (药品共享).
    case sharing
    /// Nobody has it: it is reported short (缺药登记).
    case shortage
}

/// A proposal, with who gives what; a person decides.
public struct Proposal: Sendable, Hashable, Codable {
    /// What one store gives to one line.
    public struct Part: Sendable, Hashable, Codable {
        /// Who gives it; `nil` when nobody has it.
        public let store: StoreID?
        /// Of the prescription, from 1.
        public let line: Int
        public let product: ProductID
        public let quantity: BaseUnits
    }

    public let kind: ProposalKind
    /// Where what is shared goes, or where it is short; `nil` when the consortium has no pharmacy.
    public let target: StoreID?
    public let parts: [Part]
    public let explanationChinese: String
    public let explanationEnglish: String

    init(_ kind: ProposalKind, target: StoreID?, parts: [Part], explanation: Phrase) {
        self.kind = kind
        self.target = target
        self.parts = parts
        explanationChinese = explanation.chinese
        explanationEnglish = explanation.english
    }
}

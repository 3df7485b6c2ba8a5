/// How the service hall's messages look, as a catalogue's file says.
struct HallMap: Sendable, Hashable {
    /// In which order the names inside an object are signed.
    enum KeyOrder: String, Sendable, Hashable, CaseIterable {
        case caseInsensitive = "case-insensitive"
        case ordinal
    }

    enum Timestamp: String, Sendable, Hashable, CaseIterable {
        case number, text
    }

    /// `SM4` and `SM2`; they are signed, so their case matters.
    var encryption: String
    var signature: String
    var version: String
    var timestamp: Timestamp
    var order: KeyOrder
    var states: [String: PlatformPrescriptionState.State]
    var uses: [String: PlatformPrescriptionUse.Use]
    var decisions: [String: PlatformPrescriptionReview.Decision]
    var facts: [PlatformFactKind: HallMessage]
    var questions: [PlatformQuestionKind: HallMessage]

    static let factKinds: [PlatformFactKind] = [.checkPrescription, .signPrescription, .uploadPrescription, .revokePrescription]
    static let questionKinds: [PlatformQuestionKind] = [
        .prescriptionState, .prescriptionReview, .prescriptionUse, .circulatingDrugs,
    ]
    /// What is told and asked there and nowhere else.
    static let kinds = Set(factKinds.map(\.rawValue) + questionKinds.map(\.rawValue))
}

struct HallMessage: Sendable, Hashable {
    /// The last part of the path, which all numberings of the interface agree about: `uploadChk`.
    var operation: String
    var path: String
    /// `transType`; empty where it is sent without.
    var number: String
    var fields: [HallField]
    /// Only of facts.
    var recovery: RecoveryMap
    /// That the hall knows nothing of it means that it has not got it; only of facts that are asked about.
    var absenceMeansNotDone: Bool
}

/// A field of a message: a text, an object or a list of objects.
struct HallField: Sendable, Hashable {
    enum Shape: Sendable, Hashable {
        case text
        case one([HallField])
        case each([HallField])
    }

    enum Need: String, Sendable, Hashable, CaseIterable {
        case optional, mandatory
        /// Of everything but slices of herbs (`rxItemTypeCode` 13).
        case notOfSlices = "not-of-slices"
    }

    var name: String
    var shape: Shape
    var need: Need
    /// The most characters that it may have.
    var length: Int?
}

/// What a message holds, before its fields are chosen and looked at.
struct HallContent {
    var node: PlatformNode
    var inner: [String: [PlatformNode]] = [:]
}

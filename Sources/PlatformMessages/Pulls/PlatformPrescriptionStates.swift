/// How a prescription stands with the insurer (`hospRxDetlQuery`).
public struct PlatformPrescriptionState: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case valid, expired, revoked
    }

    public var insurerNumber: String
    public var state: State
    /// Whether a pharmacy has used it.
    public var use: PlatformPrescriptionUse.Use

    public init(insurerNumber: String, state: State, use: PlatformPrescriptionUse.Use) {
        self.insurerNumber = insurerNumber
        self.state = state
        self.use = use
    }
}

/// What a pharmacist outside decided about a prescription (`rxChkInfoQuery`, D006).
public struct PlatformPrescriptionReview: Sendable, Hashable {
    public enum Decision: String, Sendable, Hashable, Codable, CaseIterable {
        case approved, returned
        /// Nobody has decided, or in words that are not known.
        case none
    }

    public var insurerNumber: String
    public var decision: Decision
    public var pharmacistName: String
    public var pharmacistCode: String
    public var opinion: String
    /// As the hall writes it: `2026-11-22 09:30:00`.
    public var time: String

    public init(
        insurerNumber: String, decision: Decision, pharmacistName: String, pharmacistCode: String, opinion: String, time: String
    ) {
        self.insurerNumber = insurerNumber
        self.decision = decision
        self.pharmacistName = pharmacistName
        self.pharmacistCode = pharmacistCode
        self.opinion = opinion
        self.time = time
    }
}

/// What a pharmacy outside gave on a prescription (`rxSetlInfoQuery`, D007).
public struct PlatformPrescriptionUse: Sendable, Hashable {
    public enum Use: String, Sendable, Hashable, Codable, CaseIterable {
        case unused, used
        case partly
        /// The hall says so in words that are not known.
        case unknown
    }

    public struct Item: Sendable, Hashable, Codable {
        public var insuranceCode: String
        public var name: String
        public var specification: String
        /// As the hall writes it: `2`, `2.000`.
        public var count: String
        public var approvalNumber: String
        public var batch: String
        public var manufacturer: String

        public init(
            insuranceCode: String, name: String, specification: String, count: String, approvalNumber: String, batch: String,
            manufacturer: String
        ) {
            self.insuranceCode = insuranceCode
            self.name = name
            self.specification = specification
            self.count = count
            self.approvalNumber = approvalNumber
            self.batch = batch
            self.manufacturer = manufacturer
        }
    }

    public var insurerNumber: String
    public var state: PlatformPrescriptionState.State
    public var use: Use
    /// As the hall writes it; empty when nothing was settled.
    public var time: String
    public var items: [Item]

    public init(
        insurerNumber: String, state: PlatformPrescriptionState.State, use: Use, time: String, items: [Item]
    ) {
        self.insurerNumber = insurerNumber
        self.state = state
        self.use = use
        self.time = time
        self.items = items
    }
}

/// A medicine that prescriptions may be circulated for (`circDrugQuery`, D008).
public struct PlatformCirculatingDrug: Sendable, Hashable {
    public var insuranceCode: String
    public var name: String
    public var specification: String
    public var manufacturer: String
    public var approvalNumber: String
    /// `nil` where the hall says nothing.
    public var isDualChannel: Bool?
    public var isOutpatientPool: Bool?

    public init(
        insuranceCode: String, name: String, specification: String, manufacturer: String, approvalNumber: String,
        isDualChannel: Bool?, isOutpatientPool: Bool?
    ) {
        self.insuranceCode = insuranceCode
        self.name = name
        self.specification = specification
        self.manufacturer = manufacturer
        self.approvalNumber = approvalNumber
        self.isDualChannel = isDualChannel
        self.isOutpatientPool = isOutpatientPool
    }
}

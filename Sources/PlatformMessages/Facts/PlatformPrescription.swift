/// Names and texts in the order of an interface's table; what has no text is not there.
public struct PlatformNode: Sendable, Hashable {
    public struct Field: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var fields: [Field]

    public init(_ fields: [Field] = []) { self.fields = fields.filter { !$0.value.isEmpty } }

    /// `nil` when it is not there.
    public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}

/// A prescription as the insurer's service hall is told of it, step by step: looked at, signed, uploaded.
public struct PlatformPrescription: Sendable, Hashable {
    /// Ours (`hospRxno`).
    public var number: String
    /// The designated institution that it comes from (`fixmedinsCode`).
    public var institution: String
    /// The whole of it, by the interface's names: the root, each medicine, the visit, each diagnosis.
    public var root: PlatformNode
    public var drugs: [PlatformNode]
    public var visit: PlatformNode
    public var diagnoses: [PlatformNode]
    /// What is signed of it, but for the two numbers that the hall gives.
    public var reviewed: PlatformNode
    /// The prescription as people read it: a PDF.
    public var file: [UInt8]
    /// What the hall gave when it looked at it.
    public var numbers: PlatformPrescriptionNumbers?
    /// What the hall gave when it was signed.
    public var signature: PlatformPrescriptionSignature?

    public init(
        number: String, institution: String, root: PlatformNode, drugs: [PlatformNode], visit: PlatformNode,
        diagnoses: [PlatformNode], reviewed: PlatformNode, file: [UInt8], numbers: PlatformPrescriptionNumbers? = nil,
        signature: PlatformPrescriptionSignature? = nil
    ) {
        self.number = number
        self.institution = institution
        self.root = root
        self.drugs = drugs
        self.visit = visit
        self.diagnoses = diagnoses
        self.reviewed = reviewed
        self.file = file
        self.numbers = numbers
        self.signature = signature
    }

    /// How the hall is asked about it; `nil` before it has given its number.
    var inquiry: PlatformPrescriptionInquiry? {
        numbers.map {
            PlatformPrescriptionInquiry(
                insurerNumber: $0.insurer, institution: institution, visit: reviewed["mdtrtId"] ?? "",
                patientName: reviewed["patnName"] ?? "", credentialType: reviewed["psnCertType"] ?? "",
                credential: reviewed["certno"] ?? "")
        }
    }
}

/// The hall's numbers of a prescription.
public struct PlatformPrescriptionNumbers: Sendable, Hashable {
    /// The insurer's number (`hiRxno`).
    public var insurer: String
    /// By which it can be signed and uploaded once (`rxTraceCode`).
    public var trace: String

    public init(insurer: String, trace: String) {
        self.insurer = insurer
        self.trace = trace
    }
}

/// What came of an institution's signature under a prescription.
public struct PlatformPrescriptionSignature: Sendable, Hashable {
    /// What was signed: Base64 of a JSON object (`originalValue`). The same is uploaded, to the byte.
    public var original: String
    /// The signed file, Base64 (`rxFile`).
    public var file: String
    /// `signDigest`
    public var digest: String

    public init(original: String, file: String, digest: String) {
        self.original = original
        self.file = file
        self.digest = digest
    }
}

/// That a prescription is taken back.
public struct PlatformRevocation: Sendable, Hashable {
    public var inquiry: PlatformPrescriptionInquiry
    /// Who takes it back, why and when, by the interface's names.
    public var details: PlatformNode
    /// Whether the platform has said that it has the prescription. Where it has not, what it does not show was never there.
    public var isUploadCertain: Bool

    public init(inquiry: PlatformPrescriptionInquiry, details: PlatformNode, isUploadCertain: Bool = true) {
        self.inquiry = inquiry
        self.details = details
        self.isUploadCertain = isUploadCertain
    }
}

/// A prescription that the hall is asked about.
public struct PlatformPrescriptionInquiry: Sendable, Hashable {
    /// `hiRxno`
    public var insurerNumber: String
    public var institution: String
    /// `mdtrtId`
    public var visit: String
    public var patientName: String
    /// `psnCertType`, `certno`
    public var credentialType: String
    public var credential: String

    public init(
        insurerNumber: String, institution: String, visit: String, patientName: String, credentialType: String, credential: String
    ) {
        self.insurerNumber = insurerNumber
        self.institution = institution
        self.visit = visit
        self.patientName = patientName
        self.credentialType = credentialType
        self.credential = credential
    }
}

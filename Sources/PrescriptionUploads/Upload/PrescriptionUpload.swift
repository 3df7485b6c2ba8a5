public import Dispensing
import FHIR
public import PlatformMessages
import Postgres
public import Primitives

/// How far a prescription has come with the insurer.
public enum UploadState: String, StoredText, Codable, CaseIterable {
    /// It waits for its review.
    case offered
    /// In the outbox.
    case announced
    /// The hall would take it, and has given it numbers.
    case checked
    case signed
    /// Pharmacies outside can use it.
    case uploaded
    /// A pharmacy outside has used it.
    case used
    /// It was not used while it was valid.
    case expired
    case revoked
    /// Taken back before the hall had it.
    case withdrawn

    /// Whether pharmacies outside can use it, or soon will.
    public var isLive: Bool { [.announced, .checked, .signed, .uploaded].contains(self) }
    /// Whether nothing happens to it any more.
    public var isOver: Bool { [.used, .expired, .revoked, .withdrawn].contains(self) }
}

/// How the patient has proved who they are: asked for at the visit, and kept no longer than the hall may have to be asked or told.
public struct UploadCredential: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case electronicToken = "electronic-token"
        case residentCard = "resident-card"
        case socialSecurityCard = "social-security-card"
    }

    public var kind: Kind
    public var number: String
    /// The resident number (`certno`).
    public var residentNumber: String
    public var cardSerial: String?
    public var electronicToken: String?
    public var authorisation: String?

    public init(
        kind: Kind, number: String, residentNumber: String, cardSerial: String? = nil, electronicToken: String? = nil,
        authorisation: String? = nil
    ) {
        self.kind = kind
        self.number = number
        self.residentNumber = residentNumber
        self.cardSerial = cardSerial
        self.electronicToken = electronicToken
        self.authorisation = authorisation
    }

    /// In the words of the interface.
    var national: NationalCredential {
        let kinds: [Kind: NationalCredential.Kind] = [
            .electronicToken: .electronicToken, .residentCard: .residentCard, .socialSecurityCard: .socialSecurityCard,
        ]
        var credential = NationalCredential(kind: kinds[kind] ?? .residentCard, number: number)
        credential.residentNumber = residentNumber
        credential.cardSerial = cardSerial ?? ""
        credential.electronicToken = electronicToken ?? ""
        credential.authorisation = authorisation ?? ""
        return credential
    }
}

/// A prescription on its way to the insurer, or there; without who the patient is.
public struct PrescriptionUpload: Sendable, Hashable, Codable {
    public let prescription: PrescriptionID
    /// 1, and one more for each time that it was taken back and uploaded anew.
    public let round: Int
    /// The number under which the hall knows it as ours (`hospRxno`).
    public let number: String
    public let platform: String
    public let state: UploadState
    public let changedAt: Instant
    /// The insurer's number (`hiRxno`).
    public let insurerNumber: String?
    public let traceCode: String?
    public let signDigest: String?
    /// Why it is to be taken back, once somebody has asked.
    public let revocation: String
    public let use: PlatformPrescriptionUse.Use
    /// As the hall writes it.
    public let usedAt: String
    public let items: [PlatformPrescriptionUse.Item]
    /// Of a pharmacist outside.
    public let decision: PlatformPrescriptionReview.Decision
    public let reviewer: String
    public let opinion: String
    /// What the hall is being told, and how that stands; `nil` when nothing is open.
    public let open: OpenStep?

    /// The message about it that is told next.
    public struct OpenStep: Sendable, Hashable, Codable {
        public let kind: String
        /// `refused` and `dead` wait for a person.
        public let state: String
        public let reason: String
        public let tries: Int
    }
}

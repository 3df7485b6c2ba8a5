public import Dispensing
public import Formulary
public import Primitives

/// Who a prescription comes from, as the national interface knows them. The codes are the institution's and the person's own
/// and are kept with whoever runs the upload.
public struct NationalSender: Sendable, Hashable {
    /// Code and name of the designated institution (`fixmedinsCode`): `H` and eleven digits.
    public var institutionCode = ""
    public var institutionName = ""
    /// Administrative division of the institution (`mdtrtareaNo`).
    public var divisionCode = ""
    /// National code of the physician (`drCode`): `D` and twelve digits.
    public var prescriberCode = ""
    public var prescriberName = ""
    /// Professional title (`drProfttlCodg`, `drProfttlName`).
    public var titleCode = ""
    public var titleName = ""

    public init() {}
}

/// How the patient proves who they are. It is asked for at the visit and not kept here.
public struct NationalCredential: Sendable, Hashable {
    /// `mdtrtCertType`
    public enum Kind: String, Sendable, CaseIterable {
        case electronicToken = "01"
        case residentCard = "02"
        case socialSecurityCard = "03"
    }

    public var kind: Kind
    public var number: String
    public var cardSerial = ""
    public var electronicToken = ""
    public var authorisation = ""
    /// The resident number (`certno`).
    public var residentNumber = ""

    public init(kind: Kind, number: String) {
        self.kind = kind
        self.number = number
    }
}

/// All that a message about a prescription is made from.
public struct NationalSource: Sendable {
    public var number: String
    public var kind: PrescriptionKind
    public var writtenAt: Instant
    public var validThrough: CalendarDate
    public var content: PrescriptionContent
    public var patientName: String
    public var sex: Sex
    public var birthOn: CalendarDate
    /// Names of what the patient must not be given.
    public var allergies: [String] = []
    /// The last weight that was measured; what the visit says counts more.
    public var weightGrams: Int64?
    public var products: [ProductID: Product]
    /// The pack that stands for each product in the insurer's list.
    public var articles: [ProductID: Article] = [:]
    /// Names of manufacturers.
    public var makers: [CompanyID: String] = [:]
    public var words: WordsOfCodes
    /// Chinese names of frequencies, by code.
    public var frequencies: [String: String] = [:]
    public var sender = NationalSender()
    public var credential: NationalCredential?

    public init(
        number: String, kind: PrescriptionKind, writtenAt: Instant, validThrough: CalendarDate, content: PrescriptionContent,
        patientName: String, sex: Sex, birthOn: CalendarDate, products: [ProductID: Product], words: WordsOfCodes
    ) {
        self.number = number
        self.kind = kind
        self.writtenAt = writtenAt
        self.validThrough = validThrough
        self.content = content
        self.patientName = patientName
        self.sex = sex
        self.birthOn = birthOn
        self.products = products
        self.words = words
    }

    /// A prescription that is kept, as its current version says.
    public init(_ context: PrescriptionInContext) {
        let (prescription, patient) = (context.prescription, context.patient)
        self.init(
            number: prescription.number, kind: prescription.kind, writtenAt: prescription.writtenAt,
            validThrough: prescription.validThrough, content: prescription.content, patientName: patient.name, sex: patient.sex,
            birthOn: patient.birthOn, products: context.products, words: context.words)
        sender.institutionName = context.facilityName
        sender.prescriberName = context.people[prescription.prescriber] ?? ""
    }

    var writtenOn: CalendarDate { writtenAt.businessDay }
}

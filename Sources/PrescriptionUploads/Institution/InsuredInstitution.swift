public import Primitives

/// A facility as the insurer's service hall knows it.
public struct InsuredInstitution: Sendable, Hashable, Codable {
    public let facility: FacilityID
    /// The platform's code in `Catalogs/platforms`.
    public let platform: String
    /// `fixmedinsCode`: `H` and eleven digits.
    public let code: String
    public let name: String
    /// `mdtrtareaNo`: the administrative division.
    public let division: String
    /// `pharDeptCode`, `pharDeptName`: the department that reviews prescriptions.
    public let pharmacyCode: String
    public let pharmacyName: String

    public init(
        facility: FacilityID, platform: String, code: String, name: String, division: String, pharmacyCode: String,
        pharmacyName: String
    ) {
        self.facility = facility
        self.platform = platform
        self.code = code
        self.name = name
        self.division = division
        self.pharmacyCode = pharmacyCode
        self.pharmacyName = pharmacyName
    }
}

/// A physician or pharmacist as the insurer knows them.
public struct InsuredClinician: Sendable, Hashable, Codable {
    public let person: PersonID
    /// `drCode`, `pharCode`: a letter and twelve digits.
    public let code: String
    /// Professional title.
    public let titleCode: String
    public let title: String
    /// What they prove who they are with, and its number; who revokes needs them.
    public let certificateKind: String
    public let certificate: String
    /// `pharPracCertNo`: of a licensed pharmacist.
    public let practice: String

    public init(
        person: PersonID, code: String, titleCode: String = "", title: String = "", certificateKind: String = "",
        certificate: String = "", practice: String = ""
    ) {
        self.person = person
        self.code = code
        self.titleCode = titleCode
        self.title = title
        self.certificateKind = certificateKind
        self.certificate = certificate
        self.practice = practice
    }
}

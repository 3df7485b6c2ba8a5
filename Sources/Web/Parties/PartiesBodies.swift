import Parties
import Primitives

struct CompanyBody: Codable, Sendable {
    let name: String
    let creditCode: String?
    let isManufacturer: Bool
    let isSupplier: Bool
}

struct LicenceBody: Codable, Sendable {
    let kind: LicenceKind
    let number: String
    let validFrom: CalendarDate
    /// The last valid day.
    let validThrough: CalendarDate
}

/// Where a facility is, in microdegrees; `null` takes back what was said.
struct FacilityLocationBody: Codable, Sendable {
    let location: Location?
}

/// How far two facilities are apart by road; `null` takes back what was said.
struct FacilityDistanceBody: Codable, Sendable {
    let metres: Int64?
}

/// A company with its licences and whether each is valid today.
struct CompanyLicencesView: Codable, Sendable {
    let company: Company
    let licences: [LicenceView]

    init(_ company: Company, _ licences: [Licence], on today: CalendarDate) {
        self.company = company
        self.licences = licences.map { licence in
            LicenceView(
                kind: licence.kind, number: licence.number, validFrom: licence.validFrom,
                validThrough: licence.validThrough,
                isValid: licence.isValid(on: today))
        }
    }
}

struct LicenceView: Codable, Sendable {
    let kind: LicenceKind
    let number: String
    let validFrom: CalendarDate
    let validThrough: CalendarDate
    /// Today, in Asia/Shanghai.
    let isValid: Bool
}

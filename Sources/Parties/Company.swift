import Postgres
public import Primitives

public enum LicenceKind: String, StoredText, Codable, CaseIterable {
    case drugProduction = "drug-production"
    case drugDistribution = "drug-distribution"
    case deviceProduction = "device-production"
    case deviceDistribution = "device-distribution"
}

/// A manufacturer or supplier; companies are shared by all consortia.
public struct Company: Sendable, Hashable, Codable {
    public let id: CompanyID
    public let name: String
    /// Unified social credit code, 18 characters (GB 32100).
    public let creditCode: String?
    public let isManufacturer: Bool
    public let isSupplier: Bool
}

/// A permission to make or supply medicines or devices.
///
/// Source: Drug Administration Law (2019), art. 55: buy only from licensed producers and distributors.
public struct Licence: Sendable, Hashable, Codable {
    public let company: CompanyID
    public let kind: LicenceKind
    public let number: String
    public let validFrom: CalendarDate
    /// The last valid day.
    public let validThrough: CalendarDate

    public init(company: CompanyID, kind: LicenceKind, number: String, validFrom: CalendarDate, validThrough: CalendarDate) {
        self.company = company
        self.kind = kind
        self.number = number
        self.validFrom = validFrom
        self.validThrough = validThrough
    }

    public func isValid(on day: CalendarDate) -> Bool { validFrom <= day && day <= validThrough }
}

extension Company {
    init(_ row: Row) throws {
        self.init(
            id: try row["company_id"], name: try row["name"], creditCode: try row["credit_code"],
            isManufacturer: try row["is_manufacturer"], isSupplier: try row["is_supplier"])
    }
}

extension Licence {
    init(_ row: Row) throws {
        self.init(
            company: try row["company_id"], kind: try row["kind"], number: try row["number"],
            validFrom: try row["valid_from"], validThrough: try row["valid_through"])
    }
}

import Postgres
public import Primitives

/// A facility as its insurer knows it (定点医药机构).
public struct Institution: Sendable, Hashable, Codable {
    public let facility: FacilityID
    /// A code of `Catalogs/platforms`; the consortium has an account there.
    public let platform: String
    /// The insurer's code of the institution: `H33010200001`.
    public let code: String
    /// Its name there.
    public let name: String
    /// Whether movements are told; what was announced before goes on.
    public let isActive: Bool

    public init(facility: FacilityID, platform: String, code: String, name: String, isActive: Bool = true) {
        self.facility = facility
        self.platform = platform
        self.code = code
        self.name = name
        self.isActive = isActive
    }

    init(_ row: Row) throws {
        self.init(
            facility: try row["facility_id"], platform: try row["platform"], code: try row["code"], name: try row["name"],
            isActive: try row["is_active"])
    }
}

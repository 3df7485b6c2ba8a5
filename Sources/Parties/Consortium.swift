import Postgres
public import Primitives

/// How a consortium is put together.
public enum ConsortiumShape: String, StoredText, Codable, CaseIterable {
    /// 县域医共体
    case countyCommunity = "county-community"
    /// 城市医疗集团
    case urbanGroup = "urban-group"
    /// 总院-分院
    case wholeBranchGroup = "whole-branch-group"
    /// 专科联盟
    case specialtyAlliance = "specialty-alliance"
    /// 远程医疗协作网
    case remoteNetwork = "remote-network"
}

/// A medical consortium (医联体): the tenant that every record belongs to.
public struct Consortium: Sendable, Hashable, Codable {
    public let id: ConsortiumID
    public let code: String
    public let name: String
    public let shape: ConsortiumShape
}

public enum FacilityLevel: String, StoredText, Codable, CaseIterable {
    case city, county, township, village
}

public enum FacilityRole: String, StoredText, Codable, CaseIterable {
    case lead, member
}

/// A hospital, health centre or clinic of a consortium.
public struct Facility: Sendable, Hashable, Codable {
    public let id: FacilityID
    public let code: String
    public let name: String
    public let level: FacilityLevel
    public let role: FacilityRole
    /// What it serves as, in words: general hospital and procurement centre, central township health centre, …
    public let servesAs: String
}

public enum StoreKind: String, StoredText, Codable, CaseIterable {
    /// The consortium's or a hospital's store (药库).
    case central
    /// Where patients are served (药房).
    case pharmacy
    /// A village clinic's cabinet.
    case clinic

    /// Whether patients are served there.
    public var servesPatients: Bool { self != .central }
}

/// A place of a facility where stock is kept.
public struct Store: Sendable, Hashable, Codable {
    public let id: StoreID
    public let facility: FacilityID
    public let code: String
    public let name: String
    public let kind: StoreKind
}

extension Facility {
    init(_ row: Row) throws {
        self.init(
            id: try row["facility_id"], code: try row["code"], name: try row["name"],
            level: try row["level"], role: try row["role"], servesAs: try row["serves_as"])
    }
}

extension Store {
    init(_ row: Row) throws {
        self.init(
            id: try row["store_id"], facility: try row["facility_id"], code: try row["code"], name: try row["name"],
            kind: try row["kind"])
    }
}



public import Postgres

/// What a person may do. A person has one or more.
public enum Role: String, Sendable, Codable, CaseIterable {
    /// Runs cycles, pools, tenders and orders for the consortium (采购中心).
    case procurementOfficer = "procurement-officer"
    /// Approves requisitions, orders and awards.
    case supervisor
    /// Keeps a store: requests, receives, counts, transfers.
    case storekeeper
    /// Reviews prescriptions (审方药师).
    case pharmacist
    /// Hands out medicines (发药).
    case dispenser
    /// Writes prescriptions.
    case prescriber
    /// Keeps the formulary (药事委员会).
    case formularyKeeper = "formulary-keeper"
    /// Acts for a supplier: bids, confirms, ships.
    case supplier
    /// May see, and do nothing (监管).
    case auditor
}

/// Who acts: a person, in a consortium, at a facility or for a supplier.
public struct Principal: Sendable, Hashable {
    public let consortium: ConsortiumID
    public let person: PersonID
    public let name: String
    /// Where the person works; `nil` for a supplier's people.
    public let facility: FacilityID?
    /// Whom the person acts for; `nil` for the consortium's own people.
    public let company: CompanyID?
    public let roles: Set<Role>

    public init(
        consortium: ConsortiumID, person: PersonID, name: String, facility: FacilityID?, company: CompanyID?,
        roles: Set<Role>
    ) {
        self.consortium = consortium
        self.person = person
        self.name = name
        self.facility = facility
        self.company = company
        self.roles = roles
    }

    /// Whose rows the principal's transactions see.
    public var tenant: Tenant { consortium.tenant }

    /// Whether the person works for the whole consortium rather than for one facility.
    public var seesWholeConsortium: Bool { !roles.isDisjoint(with: [.procurementOfficer, .supervisor, .auditor, .formularyKeeper]) }
}

extension ConsortiumID {
    public var tenant: Tenant { Tenant(setting: "lianyao.consortium_id", value: rawValue) }
}

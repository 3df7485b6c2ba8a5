public import Primitives

/// Every way a person is turned away.
public enum IdentityRefusalCode: String, RefusalCode {
    case tokenUnknown = "identity.token-unknown"
    case otherFacility = "identity.other-facility"
    case otherCompany = "identity.other-company"
    case roleMissing = "identity.role-missing"

    public var category: RefusalCategory {
        switch self {
        case .tokenUnknown: .unauthenticated
        case .otherFacility, .otherCompany, .roleMissing: .forbidden
        }
    }

    public var meaning: Phrase {
        switch self {
        case .tokenUnknown: Phrase("登录凭证无效", "The token names nobody")
        case .otherFacility: Phrase("只能为本机构办理", "A person acts for the facility where they work")
        case .otherCompany: Phrase("只能为本企业办理", "A supplier's person acts for that supplier")
        case .roleMissing: Phrase("没有这项权限", "The person does not have the role this needs")
        }
    }
}

public typealias IdentityRefusal = Refused<IdentityRefusalCode>

extension Principal {
    /// Refuses a person of one facility who acts for another; those who serve the whole consortium pass.
    public func requireFacility(_ facility: FacilityID) throws(IdentityRefusal) {
        guard seesWholeConsortium || self.facility == facility else {
            throw IdentityRefusal(.otherFacility, "\(name) does not work at facility \(facility)")
        }
    }

    /// Refuses everyone but the people of `company`.
    public func requireCompany(_ company: CompanyID) throws(IdentityRefusal) {
        guard self.company == company else {
            throw IdentityRefusal(.otherCompany, "\(name) does not act for company \(company)")
        }
    }

    /// Refuses a person who has none of `roles`.
    public func require(oneOf roles: Set<Role>) throws(IdentityRefusal) {
        guard !self.roles.isDisjoint(with: roles) else {
            throw IdentityRefusal(.roleMissing, "needs \(roles.map(\.rawValue).sorted().joined(separator: " or "))")
        }
    }
}

import Postgres
import Primitives

/// The operations about who is signed in.
public enum IdentityRoutes {
    static let tag = Phrase("身份", "Identity")

    public static let endpoints: [Endpoint] = [
        .reading(
            "identity.me", "/me", tag: tag, summary: Phrase("我是谁", "Who the caller is, where they work and what they may do"),
            answer: PrincipalView.self
        ) { call, _ in PrincipalView(call.principal) }
    ]
}

/// The person who has signed in.
struct PrincipalView: Codable, Sendable {
    let consortium: ConsortiumID
    let person: PersonID
    let name: String
    /// Where the person works; absent for a supplier's people.
    let facility: FacilityID?
    /// Whom the person acts for; absent for the consortium's own people.
    let company: CompanyID?
    let roles: [Role]

    init(_ principal: Principal) {
        consortium = principal.consortium
        person = principal.person
        name = principal.name
        facility = principal.facility
        company = principal.company
        roles = principal.roles.sorted { $0.rawValue < $1.rawValue }
    }
}

import Identity
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Identity")
struct IdentityTests {
    @Test("a development token names a person of a consortium, and nothing else does", arguments: [
        ("dev:officer@small", true), ("dev:officer@other", false), ("dev:nobody@small", false), ("officer@small", false),
        ("dev:officer", false), ("dev:", false), ("", false), ("dev:a@b@c", false), ("dev:' OR 1=1 --@small", false),
    ])
    func signsIn(token: String, isKnown: Bool) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let signIn = DevelopmentSignIn(database: database.application)
            do {
                let principal = try await signIn.principal(token: token)
                #expect(isKnown && principal == small.officer)
            } catch let refusal as IdentityRefusal {
                #expect(!isKnown && refusal.code.rawValue == "identity.token-unknown")
            }
        }
    }

    @Test("people act for their own facility or company and in their own role")
    func requirements() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let keeper = small.storekeepers[0]
            try keeper.requireFacility(small.townships[0])
            try small.officer.requireFacility(small.townships[1])
            try small.seller.requireCompany(small.supplier)
            try keeper.require(oneOf: [.storekeeper, .supervisor])
            #expect { try keeper.requireFacility(small.townships[1]) } throws: { ($0 as? IdentityRefusal)?.code.rawValue == "identity.other-facility" }
            #expect { try small.officer.requireCompany(small.supplier) } throws: { ($0 as? IdentityRefusal)?.code.rawValue == "identity.other-company" }
            #expect { try keeper.require(oneOf: [.supervisor]) } throws: { ($0 as? IdentityRefusal)?.code.rawValue == "identity.role-missing" }
        }
    }
}

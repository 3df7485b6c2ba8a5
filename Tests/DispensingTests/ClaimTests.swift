import Dispensing
import Foundation
import Identity
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Claims")
struct ClaimTests {
    /// What a test does with claims at the two pharmacies of the clinic.
    struct Desk: Sendable {
        let clinic: Clinic

        func store(_ place: Int) -> StoreID { clinic.consortium.pharmacies[place] }
        func keeper(_ place: Int) -> Principal { clinic.consortium.storekeepers[place] }

        @discardableResult
        func claim(
            _ id: PrescriptionID, at place: Int, as claim: ClaimID = ClaimID(UUID()), by person: Principal? = nil,
            in store: StoreID? = nil, now: Instant = .ofTests
        ) async throws -> Claim {
            let verb = ClaimPrescription(claim: claim, prescription: id, store: store ?? self.store(place))
            return try await clinic.write { try verb.run(in: $0, by: person ?? keeper(place), at: now) }
        }

        func claims(of id: PrescriptionID) async throws -> [Claim] {
            let consortium = clinic.consortium.id
            return try await clinic.database.application.read(as: consortium.tenant) {
                try ClaimReadings($0, of: consortium).claims(of: id)
            }
        }

        func held(_ place: Int, now: Instant = .ofTests) async throws -> [Claim] {
            let (consortium, store) = (clinic.consortium.id, store(place))
            return try await clinic.database.application.read(as: consortium.tenant) {
                try ClaimReadings($0, of: consortium).live(of: store, at: now, limit: 10)
            }
        }
    }

    private func withDesk(_ body: (Desk) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            for store in clinic.consortium.pharmacies { try await clinic.stock(0, 1_000, in: store) }
            try await body(Desk(clinic: clinic))
        }
    }

    private static let minute: Duration = .seconds(60)

    @Test("a claim keeps other facilities from claiming and handing out, and ends with the dispensing")
    func main() async throws {
        try await withDesk { desk in
            let id = try await desk.clinic.issueApproved()
            let claim = try await desk.claim(id, at: 0)
            #expect(claim.expiresAt == .ofTests.adding(.seconds(1_800)) && claim.isLive(at: .ofTests))
            await expectRefusal("dispensing.claimed-elsewhere") { try await desk.claim(id, at: 1) }
            await expectRefusal("dispensing.claimed-here-already") { try await desk.claim(id, at: 0) }
            await expectRefusal("dispensing.claimed-elsewhere") {
                try await desk.clinic.dispense(id, from: desk.store(1), by: desk.keeper(1))
            }
            #expect(try await desk.held(0) == [claim])
            let dispensing = try await desk.clinic.dispense(id)
            let ended = try await desk.claims(of: id)
            #expect(ended.map(\.endedHow) == [.dispensed] && ended[0].dispensing == dispensing.id)
            #expect(try await desk.held(0).isEmpty)
            await expectRefusal("dispensing.already-dispensed") { try await desk.claim(id, at: 1) }
        }
    }

    @Test("without a claim any pharmacy hands out")
    func implied() async throws {
        try await withDesk { desk in
            let id = try await desk.clinic.issueApproved()
            try await desk.clinic.dispense(id, from: desk.store(1), by: desk.keeper(1))
            #expect(try await desk.claims(of: id).isEmpty)
        }
    }

    @Test("from its time on a claim counts as none", arguments: [(1_799, false), (1_800, true), (1_801, true)])
    func expiry(seconds: Int, isFree: Bool) async throws {
        try await withDesk { desk in
            let id = try await desk.clinic.issueApproved(validityDays: 2)
            let first = try await desk.claim(id, at: 0)
            let later = Instant.ofTests.adding(.seconds(seconds))
            #expect(try await desk.held(0, now: later).isEmpty == isFree)
            if isFree {
                try await desk.claim(id, at: 1, now: later)
                let claims = try await desk.claims(of: id)
                #expect(claims.map(\.endedHow) == [.expired, nil] && claims[0].endedAt == first.expiresAt)
                await expectRefusal("dispensing.claimed-elsewhere") { try await desk.clinic.dispense(id, at: later) }
            } else {
                await expectRefusal("dispensing.claimed-elsewhere") { try await desk.claim(id, at: 1, now: later) }
                try await desk.clinic.dispense(id, at: later)
            }
        }
    }

    @Test("a claim is renewed while it holds, and not after")
    func renewal() async throws {
        try await withDesk { desk in
            let id = try await desk.clinic.issueApproved()
            let claim = try await desk.claim(id, at: 0)
            let renew = RenewClaim(claim: claim.id)
            let later = Instant.ofTests.adding(Self.minute * 29)
            await expectRefusal("identity.other-facility") {
                try await desk.clinic.write { try renew.run(in: $0, by: desk.keeper(1), at: later) }
            }
            let renewed = try await desk.clinic.write { try renew.run(in: $0, by: desk.keeper(0), at: later) }
            #expect(renewed.expiresAt == later.adding(Self.minute * 30))
            await expectRefusal("dispensing.claim-expired") {
                try await desk.clinic.write { try renew.run(in: $0, by: desk.keeper(0), at: renewed.expiresAt) }
            }
            await expectRefusal("dispensing.claim-unknown") {
                try await desk.clinic.write { try RenewClaim(claim: ClaimID(UUID())).run(in: $0, by: desk.keeper(0), at: later) }
            }
        }
    }

    @Test("a claim is let go by its facility or a supervisor, and another pharmacy claims")
    func release() async throws {
        try await withDesk { desk in
            let id = try await desk.clinic.issueApproved()
            for (holder, releaser) in [(0, desk.keeper(0)), (1, desk.clinic.consortium.officer)] {
                let release = ReleaseClaim(claim: try await desk.claim(id, at: holder).id)
                await expectRefusal("identity.other-facility") {
                    try await desk.clinic.write { try release.run(in: $0, by: desk.keeper(1 - holder), at: .ofTests) }
                }
                let released = try await desk.clinic.write { try release.run(in: $0, by: releaser, at: .ofTests) }
                #expect(released.endedHow == .released && released.endedAt == .ofTests)
                await expectRefusal("dispensing.claim-ended") {
                    try await desk.clinic.write { try release.run(in: $0, by: releaser, at: .ofTests) }
                }
            }
            try await desk.claim(id, at: 0)
        }
    }

    @Test("a claim is passed on to another store, which alone hands out then")
    func transfer() async throws {
        try await withDesk { desk in
            let id = try await desk.clinic.issueApproved()
            let claim = try await desk.claim(id, at: 0)
            func pass(to store: StoreID, by person: Principal, as next: ClaimID = ClaimID(UUID())) async throws -> Claim {
                let verb = TransferClaim(claim: claim.id, next: next, to: store)
                return try await desk.clinic.write { try verb.run(in: $0, by: person, at: .ofTests) }
            }
            await expectRefusal("identity.other-facility") { try await pass(to: desk.store(1), by: desk.keeper(1)) }
            await expectRefusal("dispensing.claimed-here-already") { try await pass(to: desk.store(0), by: desk.keeper(0)) }
            await expectRefusal("dispensing.store-serves-no-patients") {
                try await pass(to: desk.clinic.consortium.centralStore, by: desk.keeper(0))
            }
            await expectRefusal("parties.store-unknown") { try await pass(to: StoreID(999), by: desk.keeper(0)) }
            await expectRefusal("dispensing.document-id-taken") {
                try await pass(to: desk.store(1), by: desk.keeper(0), as: claim.id)
            }
            let next = try await pass(to: desk.store(1), by: desk.keeper(0))
            #expect(next.facility == desk.clinic.consortium.townships[1] && next.passedOnBy == claim.id)
            #expect(try await desk.claims(of: id).map(\.endedHow) == [.transferred, nil])
            await expectRefusal("dispensing.claim-ended") { try await pass(to: desk.store(1), by: desk.keeper(0)) }
            await expectRefusal("dispensing.claimed-elsewhere") { try await desk.clinic.dispense(id) }
            try await desk.clinic.dispense(id, from: desk.store(1), by: desk.keeper(1))
        }
    }

    @Test("only what may be handed out today is claimed, by the people and for the stores that serve patients")
    func refusals() async throws {
        try await withDesk { desk in
            let clinic = desk.clinic
            let issued = try await clinic.issue()
            await expectRefusal("dispensing.wrong-state") { try await desk.claim(issued, at: 0) }
            try await clinic.review(issued)
            await expectRefusal("dispensing.validity-passed") {
                try await desk.claim(issued, at: 0, now: .ofTests.later(days: 1))
            }
            await expectRefusal("identity.role-missing") { try await desk.claim(issued, at: 0, by: clinic.prescriber) }
            await expectRefusal("identity.other-facility") { try await desk.claim(issued, at: 0, by: clinic.pharmacist) }
            await expectRefusal("parties.store-unknown") { try await desk.claim(issued, at: 0, in: StoreID(999)) }
            await expectRefusal("dispensing.store-serves-no-patients") {
                try await desk.claim(issued, at: 0, by: clinic.consortium.officer, in: clinic.consortium.centralStore)
            }
            await expectRefusal("dispensing.prescription-unknown") { try await desk.claim(PrescriptionID(UUID()), at: 0) }
            let other = try await clinic.issueApproved()
            let taken = try await desk.claim(other, at: 0)
            await expectRefusal("dispensing.document-id-taken") { try await desk.claim(issued, at: 0, as: taken.id) }
        }
    }

    @Test("cancellation and the end of validity end a claim; the upkeep closes those whose time has passed")
    func ends() async throws {
        try await withDesk { desk in
            let clinic = desk.clinic
            let (cancelled, expired, left) = (
                try await clinic.issueApproved(), try await clinic.issueApproved(), try await clinic.issueApproved(validityDays: 3)
            )
            let night = Instant.ofTests.adding(.seconds(15 * 3_600 + 50 * 60))
            for id in [cancelled, expired, left] { try await desk.claim(id, at: 0, now: night) }
            try await clinic.write { transaction in
                _ = try CancelPrescription(prescription: cancelled, reason: "误开")
                    .run(in: transaction, by: clinic.prescriber, at: night)
                let midnight = night.adding(Self.minute * 11)
                #expect(try ExpirePrescriptions().run(in: transaction, of: clinic.consortium.id, at: midnight) == [expired])
                let closing = CloseExpiredClaims()
                #expect(try closing.run(in: transaction, of: clinic.consortium.id, at: midnight) == 0)
                #expect(try closing.run(in: transaction, of: clinic.consortium.id, at: night.adding(Self.minute * 30)) == 1)
            }
            #expect(try await desk.claims(of: cancelled).map(\.endedHow) == [.cancelled])
            #expect(try await desk.claims(of: expired).map(\.endedHow) == [.cancelled])
            #expect(try await desk.claims(of: left).map(\.endedHow) == [.expired])
        }
    }

    @Test("a part that is handed out ends the claim, and the rest is anybody's; ending the rest ends the claim on it")
    func parts() async throws {
        try await withDesk { desk in
            let id = try await desk.clinic.issueApproved()
            try await desk.claim(id, at: 0)
            try await desk.clinic.dispense(id, lines: [HandOutLine(line: 1, quantity: 30)])
            try await desk.claim(id, at: 1)
            await expectRefusal("dispensing.claimed-elsewhere") { try await desk.clinic.dispense(id) }
            try await desk.clinic.write { transaction in
                _ = try EndRest(prescription: id, wish: .patient, reason: "不再需要")
                    .run(in: transaction, by: desk.keeper(0), at: .ofTests)
            }
            #expect(try await desk.claims(of: id).map(\.endedHow) == [.dispensed, .cancelled])
            await expectRefusal("dispensing.wrong-state") { try await desk.claim(id, at: 0) }
        }
    }

    @Test("a supervisor says how long a claim lasts", arguments: [(0, false), (1, true), (1_440, true), (1_441, false)])
    func duration(minutes: Int, isAllowed: Bool) async throws {
        try await withDesk { desk in
            let declare = DeclareClaimTime(minutes: minutes)
            await expectRefusal("identity.role-missing") {
                try await desk.clinic.write { try declare.run(in: $0, by: desk.keeper(0), at: .ofTests) }
            }
            let officer = desk.clinic.consortium.officer
            guard isAllowed else {
                await expectRefusal("dispensing.claim-time-invalid") {
                    try await desk.clinic.write { try declare.run(in: $0, by: officer, at: .ofTests) }
                }
                return
            }
            try await desk.clinic.write { try declare.run(in: $0, by: officer, at: .ofTests) }
            let claim = try await desk.claim(try await desk.clinic.issueApproved(), at: 0)
            #expect(claim.expiresAt == .ofTests.adding(Self.minute * minutes))
        }
    }
}

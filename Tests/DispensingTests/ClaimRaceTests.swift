import Dispensing
import Foundation
import Identity
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Claiming at the same moment")
struct ClaimRaceTests {
    /// A pharmacy and somebody who claims for it.
    struct Pharmacy: Sendable {
        let store: StoreID
        let dispenser: Principal
    }

    /// Five pharmacies of five facilities.
    private func pharmacies(of clinic: Clinic) async throws -> [Pharmacy] {
        let consortium = clinic.consortium.id
        return try await clinic.database.owner.write { transaction in
            try (0..<5).map { number in
                let parties = PartiesStore(transaction)
                let facility = try #require(
                    try parties.addFacility(
                        to: consortium, code: "R\(number)", name: "R\(number)", level: .township, role: .member, servesAs: ""))
                let store = try #require(
                    try parties.addStore(to: consortium, facility: facility, code: "R\(number)", name: "R\(number)", kind: .pharmacy))
                let people = People(transaction)
                _ = try people.add(
                    to: consortium, code: "d\(number)", name: "d\(number)", facility: facility, company: nil, roles: [.dispenser])
                let person = try #require(try people.person(code: "d\(number)", of: consortium))
                return Pharmacy(store: store, dispenser: person.principal(in: consortium))
            }
        }
    }

    private func claim(_ id: PrescriptionID, at pharmacy: Pharmacy, now: Instant, _ pool: Database) async -> String {
        do {
            _ = try await pool.write(as: pharmacy.dispenser.tenant) { transaction in
                try ClaimPrescription(claim: ClaimID(UUID()), prescription: id, store: pharmacy.store)
                    .run(in: transaction, by: pharmacy.dispenser, at: now)
            }
            return "claimed"
        } catch let refusal as DispensingRefusal {
            return refusal.code.rawValue
        } catch {
            return "\(error)"
        }
    }

    @Test("of five pharmacies exactly one gets each prescription, and again once the claims have expired")
    func once() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let pharmacies = try await pharmacies(of: clinic)
            var ids: [PrescriptionID] = []
            for _ in 0..<20 { ids.append(try await clinic.issueApproved()) }
            let pool = Database(DatabaseConfiguration(conninfo: database.conninfo, connections: 16, role: "lianyao_application"))
            var random = SeededGenerator(seed: 7)
            for now in [Instant.ofTests, Instant.ofTests.adding(.seconds(1_800))] {
                let tries = ids.flatMap { id in pharmacies.map { (id, $0) } }.shuffled(using: &random)
                let outcomes = await withTaskGroup(of: (PrescriptionID, String).self) { group in
                    for (id, pharmacy) in tries { group.addTask { (id, await claim(id, at: pharmacy, now: now, pool)) } }
                    return await group.reduce(into: [PrescriptionID: [String]]()) { $0[$1.0, default: []].append($1.1) }
                }
                for id in ids {
                    let told = outcomes[id, default: []].sorted()
                    #expect(told == ["claimed"] + Array(repeating: "dispensing.claimed-elsewhere", count: 4), "\(told)")
                }
            }
            await pool.close()
        }
    }

    @Test("claim, release and dispensing at once: it is handed out once, by whoever had the right", arguments: UInt64(0)..<4)
    func mixed(seed: UInt64) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let pharmacies = try await pharmacies(of: clinic)
            for pharmacy in pharmacies { try await clinic.stock(0, 1_000, in: pharmacy.store) }
            let id = try await clinic.issueApproved()
            let pool = Database(DatabaseConfiguration(conninfo: database.conninfo, connections: 16, role: "lianyao_application"))
            var random = SeededGenerator(seed: seed)
            let turns = (0..<30).map { _ in (pharmacies.randomElement(using: &random), Int.random(in: 0..<3, using: &random)) }
            await withTaskGroup(of: Void.self) { group in
                for case (let pharmacy?, let kind) in turns {
                    group.addTask {
                        let claim = ClaimID(UUID())
                        try? await pool.write(as: pharmacy.dispenser.tenant) { transaction in
                            if kind == 0 {
                                _ = try DispensePrescription(
                                    dispensing: DispensingID(UUID()), prescription: id, store: pharmacy.store,
                                    checks: DispensingCheck.allCases
                                ).run(in: transaction, by: pharmacy.dispenser, at: .ofTests)
                            } else {
                                _ = try ClaimPrescription(claim: claim, prescription: id, store: pharmacy.store)
                                    .run(in: transaction, by: pharmacy.dispenser, at: .ofTests)
                            }
                        }
                        guard kind == 1 else { return }
                        _ = try? await pool.write(as: pharmacy.dispenser.tenant) { transaction in
                            try ReleaseClaim(claim: claim).run(in: transaction, by: pharmacy.dispenser, at: .ofTests)
                        }
                    }
                }
            }
            await pool.close()
            let left = try await database.owner.read { transaction in
                try transaction.first(
                    """
                    SELECT (SELECT coalesce(sum(quantity), 0)::bigint FROM stock_ledger.balance) AS stock,
                           (SELECT count(*) FROM dispensing.dispensing) AS dispensings
                    """
                ) { (try $0["stock"] as Int64, try $0["dispensings"] as Int64) }
            }
            let (stock, dispensings) = try #require(left)
            #expect(dispensings <= 1 && stock == 5_000 - 42 * dispensings, "seed \(seed)")
        }
    }
}

import Dispensing
import Foundation
import Identity
import Postgres
import Primitives
import Synchronization
import TestSupport
import Testing

@Suite("Reviewing at the same moment")
struct ReviewRaceTests {
    private static let pharmacists = 16
    private static let prescriptions = 200

    private func people(_ clinic: Clinic) async throws -> [Principal] {
        let small = clinic.consortium
        return try await clinic.database.owner.write { transaction in
            try (0..<Self.pharmacists).map { number in
                let code = "reviewer\(number)"
                _ = try People(transaction).add(
                    to: small.id, code: code, name: code, facility: small.townships[number % 2], company: nil, roles: [.pharmacist])
                return try #require(try People(transaction).person(code: code, of: small.id)).principal(in: small.id)
            }
        }
    }

    /// What one pharmacist does until nothing is left: take, sometimes give back, let expire or renew, decide.
    private func work(_ person: Principal, _ clinic: Clinic, _ pool: Database, seed: UInt64, log: HoldLog) async throws -> Int {
        let tenant = clinic.consortium.id.tenant
        var random = SeededGenerator(seed: seed)
        var decided = 0
        var idle = 0
        while idle < 3 {
            let hold = try await pool.write(as: tenant) { try TakeNextForReview().run(in: $0, by: person, at: .ofTests) }
            guard let hold else {
                idle += 1
                continue
            }
            #expect(log.begin(hold.prescription, by: person.person), "held twice: \(hold.prescription), seed \(seed)")
            let id = hold.prescription
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                log.end(id)
                try await pool.write(as: tenant) { _ = try ReleaseReviewHold(prescription: id).run(in: $0, by: person, at: .ofTests) }
            case 1:
                try await pool.write(as: tenant) { _ = try RenewReviewHold(prescription: id).run(in: $0, by: person, at: .ofTests) }
                fallthrough
            default:
                let decision: ReviewPrescription.Decision =
                    Bool.random(using: &random) ? .approve : .sendBack(reason: "核对剂量", problem: .dose)
                try await pool.write(as: tenant) {
                    _ = try ReviewPrescription(prescription: id, decision: decision).run(in: $0, by: person, at: .ofTests)
                }
                log.end(id)
                decided += 1
            }
        }
        return decided
    }

    @Test("sixteen pharmacists share two hundred prescriptions; no two ever hold the same, and each is decided once")
    func sharing() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let people = try await people(clinic)
            let lines = [try clinic.line(quantity: 18, days: 3)]
            for number in 0..<Self.prescriptions {
                _ = try await clinic.issue(lines, kind: number.isMultiple(of: 5) ? .emergency : .ordinary)
            }
            let pool = Database(
                DatabaseConfiguration(conninfo: database.conninfo, connections: 16, role: "lianyao_application"))
            let log = HoldLog()
            let decided = try await withThrowingTaskGroup(of: Int.self) { group in
                for (number, person) in people.enumerated() {
                    group.addTask { try await work(person, clinic, pool, seed: UInt64(number), log: log) }
                }
                return try await group.reduce(0, +)
            }
            await pool.close()
            #expect(decided == Self.prescriptions)
            let left = try await clinic.read { try $0.reviewQueue(at: .ofTests, limit: 1) }
            #expect(left.isEmpty)
            let reviews = try await database.owner.read { transaction in
                try transaction.first("SELECT count(*) AS n FROM dispensing.review") { try $0["n"] as Int }
            }
            #expect(reviews == Self.prescriptions)
        }
    }

    @Test("one person who asks sixteen times at once holds no more than allowed")
    func onePerson() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.declare(ConsortiumPractice(requiresSignatures: false, requiresQualifiedReviewers: false, holdsMax: 3))
            for _ in 0..<10 { _ = try await clinic.issue() }
            let pool = Database(
                DatabaseConfiguration(conninfo: database.conninfo, connections: 16, role: "lianyao_application"))
            let outcomes = await withTaskGroup(of: String.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        do {
                            let hold = try await pool.write(as: clinic.consortium.id.tenant) {
                                try TakeNextForReview().run(in: $0, by: clinic.pharmacist, at: .ofTests)
                            }
                            return hold == nil ? "nothing" : "held"
                        } catch let refusal as DispensingRefusal {
                            return refusal.code.rawValue
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            await pool.close()
            #expect(Set(outcomes).isSubset(of: ["held", "dispensing.holds-full"]), "\(outcomes)")
            let holds = try await clinic.read { try $0.holds(of: clinic.pharmacist.person, at: .ofTests) }
            #expect(holds.count == outcomes.filter { $0 == "held" }.count && (1...3).contains(holds.count))
            #expect(Set(holds.map(\.prescription)).count == holds.count)
        }
    }

    @Test("of pharmacists who decide the same prescription at once without taking it up, one decides")
    func deciding() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let id = try await clinic.issue()
            let people = try await people(clinic)
            let pool = Database(
                DatabaseConfiguration(conninfo: database.conninfo, connections: 16, role: "lianyao_application"))
            let decided = await withTaskGroup(of: Bool.self) { group in
                for (number, person) in people.enumerated() {
                    group.addTask {
                        if number.isMultiple(of: 2) {
                            _ = try? await pool.write(as: clinic.consortium.id.tenant) {
                                try TakeNextForReview().run(in: $0, by: person, at: .ofTests)
                            }
                        }
                        return (try? await pool.write(as: clinic.consortium.id.tenant) { transaction in
                            _ = try ReviewPrescription(prescription: id, decision: .approve)
                                .run(in: transaction, by: person, at: .ofTests)
                        }) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            await pool.close()
            #expect(decided == 1)
        }
    }
}

/// Who holds what, as the people see it.
private final class HoldLog: Sendable {
    private let held = Mutex<[PrescriptionID: PersonID]>([:])

    /// Whether nobody held it.
    func begin(_ id: PrescriptionID, by person: PersonID) -> Bool {
        held.withLock { $0.updateValue(person, forKey: id) == nil }
    }

    func end(_ id: PrescriptionID) { held.withLock { $0[id] = nil } }
}

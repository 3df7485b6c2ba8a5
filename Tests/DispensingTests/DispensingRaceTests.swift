import Dispensing
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Dispensing at the same moment")
struct DispensingRaceTests {
    private func racers(_ database: TestDatabase) -> Database {
        Database(DatabaseConfiguration(conninfo: database.conninfo, connections: 16, role: "lianyao_application"))
    }

    private func dispense(
        _ id: PrescriptionID, _ clinic: Clinic, at place: Int, _ pool: Database
    ) async -> String {
        let (store, person) = (clinic.consortium.pharmacies[place], clinic.consortium.storekeepers[place])
        do {
            _ = try await pool.write(as: clinic.consortium.id.tenant) { transaction in
                try DispensePrescription(
                    dispensing: DispensingID(UUID()), prescription: id, store: store, checks: DispensingCheck.allCases
                ).run(in: transaction, by: person, at: .ofTests)
            }
            return "dispensed"
        } catch let refusal as DispensingRefusal {
            return refusal.code.rawValue
        } catch {
            return "\(error)"
        }
    }

    @Test("of sixteen dispensers in two pharmacies exactly one hands the prescription out")
    func once() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            for place in 0..<2 { try await clinic.stock(0, 1_000, in: clinic.consortium.pharmacies[place]) }
            let id = try await clinic.issueApproved()
            let pool = racers(database)
            let outcomes = await withTaskGroup(of: String.self) { group in
                for number in 0..<16 { group.addTask { await dispense(id, clinic, at: number % 2, pool) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            await pool.close()
            #expect(outcomes.filter { $0 == "dispensed" }.count == 1, "\(outcomes)")
            #expect(outcomes.filter { $0 == "dispensing.already-dispensed" }.count == 15, "\(outcomes)")
            let left = try await clinic.available(0) + clinic.available(0, in: clinic.consortium.pharmacies[1])
            #expect(left == 1_958)
        }
    }

    @Test("the last units go to as many prescriptions as they serve, whatever the order", arguments: UInt64(0)..<4)
    func lastUnits(seed: UInt64) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            var random = SeededGenerator(seed: seed)
            let served = Int.random(in: 2...6, using: &random)
            let spare = Int64.random(in: 0..<42, using: &random)
            let stock = Int64(served) * 42 + spare
            let first = Int64.random(in: 1..<stock, using: &random)
            try await clinic.stock(0, BaseUnits(first), batch: "A", expiresIn: 100)
            try await clinic.stock(0, BaseUnits(stock - first), batch: "B", expiresIn: 200)
            try await clinic.stock(1, 84)
            var ids: [PrescriptionID] = []
            for number in 0..<12 {
                // Half name the products in the other order, so that locks would cross if they were taken as named.
                let lines = [try clinic.line(), try clinic.line(1, quantity: 7, dose: 1, frequency: "qd")]
                ids.append(try await clinic.issueApproved(number.isMultiple(of: 2) ? lines : lines.reversed()))
            }
            let pool = racers(database)
            let outcomes = await withTaskGroup(of: String.self) { group in
                for id in ids.shuffled(using: &random) { group.addTask { await dispense(id, clinic, at: 0, pool) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            await pool.close()
            #expect(outcomes.filter { $0 == "dispensed" }.count == served, "seed \(seed): \(outcomes)")
            #expect(outcomes.filter { $0 == "dispensing.stock-short" }.count == 12 - served, "seed \(seed): \(outcomes)")
            #expect(try await clinic.available(0) == BaseUnits(spare))
            #expect(try await clinic.available(1) == BaseUnits(Int64(12 - served) * 7))
        }
    }
}

import Dispensing
import Foundation
import MedicationRules
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import LongPrescriptions

@Suite("Stock set aside for instalments")
struct InstalmentReservationTests {
    /// Plans of so many further patients, due on the day their prescription was written.
    private func plans(_ count: Int, _ ward: Ward, instalmentDays: Int = 28) async throws -> [LongPlan] {
        var plans: [LongPlan] = []
        for number in 0..<count {
            let patient = PatientID(UUID())
            try await ward.register(patient, name: "患者\(number)")
            plans.append(try await ward.planned(days: 28, instalmentDays: instalmentDays, patient: patient))
        }
        return plans
    }

    @Test("goes to the oldest due first, whole instalments only, and what is short is noted until it is there")
    func oldestFirst() async throws {
        try await withWard { ward in
            // Nothing is there when the plans begin.
            let early = try await plans(1, ward)
            let late = try await plans(1, ward.later(days: 1))
            let later = ward.later(days: 2)
            try await later.stock(1, 40)
            let outcome = try await later.reserve()
            #expect(outcome == ReserveDueInstalments.Outcome(reserved: 1, short: 1, last: nil))
            #expect(try await later.held(1) == [.available: 12, .reserved: 28])
            let due = try await later.read {
                try $0.due(at: ward.store, from: ward.today, through: later.today.adding(days: 7), limit: 10)
            }
            #expect(due.map(\.plan) == [early[0].id, late[0].id] && due.map(\.supply) == [.reserved, .short])
            #expect(due.map(\.phone) == ["138****5678", "138****5678"])
            try await later.stock(1, 20, batch: "B2")
            #expect(try await later.reserve() == ReserveDueInstalments.Outcome(reserved: 1, short: 0, last: nil))
            #expect(try await later.held(1) == [.available: 4, .reserved: 56])
            #expect(try await later.reserve() == ReserveDueInstalments.Outcome(reserved: 0, short: 0, last: nil))
        }
    }

    @Test("begins a week before the due day", arguments: [(20, false), (21, true)])
    func ahead(day: Int, isReserved: Bool) async throws {
        try await withWard { ward in
            try await ward.stock(1, 200)
            try await ward.collect(try await ward.planned(), 1)
            let later = ward.later(days: day)
            try await later.reserve()
            #expect(try await later.held(1)[.reserved] == (isReserved ? 28 : nil))
        }
    }

    @Test("begins as many days before as the consortium has set", arguments: [(17, false), (18, true)])
    func aheadAsSet(day: Int, isReserved: Bool) async throws {
        try await withWard { ward in
            try await ward.write { transaction in
                try SetLimit(key: .reserveDays, value: 10, validFrom: ward.today, reason: "节前备药")
                    .run(in: transaction, by: ward.consortium.officer, at: ward.now)
            }
            try await ward.stock(1, 200)
            try await ward.collect(try await ward.planned(), 1)
            let later = ward.later(days: day)
            try await later.reserve()
            #expect(try await later.held(1)[.reserved] == (isReserved ? 28 : nil))
        }
    }

    @Test("lasts until the instalment is used up, also when it is collected late", arguments: [(34, false), (35, false), (36, true)])
    func lasts(expiresIn: Int, isReserved: Bool) async throws {
        try await withWard { ward in
            // Due today, collected within a week, used for 28 days: through the day 34; on its expiry day it is not used.
            try await ward.stock(1, 28, expiresIn: expiresIn - 1)
            try await ward.planned()
            #expect(try await ward.held(1)[.reserved] == (isReserved ? 28 : nil))
        }
    }

    @Test("a run goes on where the one before ended")
    func pages() async throws {
        try await withWard { ward in
            _ = try await plans(5, ward)
            try await ward.stock(1, 28)
            let first = try await ward.reserve(limit: 2)
            #expect(first.reserved == 1 && first.short == 1)
            let second = try await ward.reserve(limit: 2, after: first.last)
            #expect(second.short == 2)
            #expect(try await ward.reserve(limit: 2, after: second.last).last == nil)
        }
    }

    @Test("moves with the plan to another pharmacy")
    func moves() async throws {
        try await withWard { ward in
            try await ward.stock(1, 28)
            try await ward.stock(1, 28, in: ward.stores[1])
            let plan = try await ward.planned()
            await expectRefusal("long-prescriptions.pharmacy-invalid") {
                try await ward.choose(plan, ward.consortium.centralStore)
            }
            #expect(try await ward.choose(plan, ward.stores[1]).store == ward.stores[1])
            #expect(try await ward.held(1) == [.available: 28])
            #expect(try await ward.held(1, in: ward.stores[1]) == [.reserved: 28])
            #expect(try await ward.choose(plan, ward.stores[1]).store == ward.stores[1], "it is there already")
        }
    }

    @Test("is given back when its batch is held, and taken from another one")
    func heldBatch() async throws {
        try await withWard { ward in
            try await ward.stock(1, 28, batch: "A", expiresIn: 200)
            try await ward.stock(1, 28, batch: "B", expiresIn: 300)
            try await ward.planned()
            try await ward.write { transaction in
                let lines = try StockReadings(transaction).stock(in: ward.store, of: ward.consortium.id, asOf: ward.today)
                let batch = try #require(lines.first { $0.state == .reserved }).batch
                _ = try HoldBatch(hold: BatchHoldID(UUID()), batch: batch, reason: "召回")
                    .run(in: transaction, by: ward.consortium.officer, at: ward.now)
            }
            #expect(try await ward.release() == 1)
            #expect(try await ward.reserve().reserved == 1)
            #expect(try await ward.held(1) == [.available: 28, .reserved: 28])
        }
    }

    @Test("waits while the product is being counted, and nothing is stopped by that")
    func counted() async throws {
        try await withWard { ward in
            try await ward.stock(1, 56)
            let plan = try await ward.planned()
            try await ward.write { transaction in
                try FreezeProducts(store: ward.store, products: nil, document: "stocktake test")
                    .run(in: transaction, by: ward.consortium.officer, at: ward.now)
            }
            #expect(try await ward.stop(plan).state == .stopped)
            #expect(try await ward.held(1)[.reserved] == 28)
            #expect(try await ward.release() == 0)
            try await ward.write { transaction in
                try LiftFreeze(store: ward.store, document: "stocktake test")
                    .run(in: transaction, by: ward.consortium.officer, at: ward.now)
            }
            #expect(try await ward.release() == 1)
            #expect(try await ward.held(1) == [.available: 56])
        }
    }

    @Test("two pharmacies that serve the same instalment at once hand it out once", arguments: 0..<4)
    func race(round: Int) async throws {
        try await withWard { ward in
            for place in 0..<2 { try await ward.stock(1, 100, in: ward.stores[place]) }
            let plan = try await ward.planned()
            let pool = Database(
                DatabaseConfiguration(conninfo: ward.database.conninfo, connections: 12, role: "lianyao_application"))
            let racing = ward.on(pool)
            let outcomes = await withTaskGroup(of: String.self) { group in
                for number in 0..<12 {
                    group.addTask {
                        do {
                            if number == 5 {
                                try await racing.choose(plan, racing.stores[1])
                                return "chosen"
                            }
                            try await racing.collect(plan, 1, at: number % 2)
                            return "collected"
                        } catch let refusal as any Refusal {
                            return refusal.refusalCode.rawValue
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            await pool.close()
            #expect(outcomes.filter { $0 == "collected" }.count == 1, "\(outcomes)")
            #expect(outcomes.filter { $0 == "long-prescriptions.not-next" }.count == 10, "\(outcomes)")
            let left = try await ward.held(1).values.sum() + ward.held(1, in: ward.stores[1]).values.sum()
            #expect(left == 172)
        }
    }

    @Test("reserving and handing out to others at once never takes more than is there", arguments: UInt64(0)..<4)
    func reserveAgainstIssue(seed: UInt64) async throws {
        try await withWard { ward in
            var random = SeededGenerator(seed: seed)
            let plans = try await plans(6, ward)
            let there = Int64.random(in: 60...170, using: &random)
            try await ward.stock(1, BaseUnits(there / 2), batch: "A", expiresIn: 100)
            try await ward.stock(1, BaseUnits(there - there / 2), batch: "B", expiresIn: 200)
            let asked = (0..<6).map { _ in Int64.random(in: 1...20, using: &random) }
            let pool = Database(
                DatabaseConfiguration(conninfo: ward.database.conninfo, connections: 12, role: "lianyao_application"))
            let racing = ward.on(pool)
            let issued = await withTaskGroup(of: Int64.self) { group in
                for quantity in asked {
                    group.addTask {
                        let issue = try? await racing.write { transaction in
                            try IssueStock(
                                store: racing.store, lines: [ProductQuantity(product: racing.products[1], quantity: BaseUnits(quantity))],
                                to: .ward, document: "ward", requestID: UUID()
                            ).run(in: transaction, by: racing.consortium.officer, at: racing.now)
                        }
                        return issue == nil ? 0 : quantity
                    }
                }
                for _ in 0..<3 {
                    group.addTask {
                        _ = try? await racing.reserve()
                        return 0
                    }
                }
                for plan in plans.prefix(2) {
                    group.addTask { (try? await racing.collect(plan, 1)) == nil ? 0 : 28 }
                }
                return await group.reduce(0, +)
            }
            await pool.close()
            let held = try await ward.held(1)
            #expect(held.values.sum() == BaseUnits(there - issued), "seed \(seed)")
        }
    }
}

import Dispensing
import Foundation
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import LongPrescriptions

@Suite("Registers and demand")
struct RegisterTests {
    @Test("tell who is due, who missed and who runs out")
    func registers() async throws {
        try await withWard { ward in
            try await ward.stock(1, 300)
            let plan = try await ward.collect(try await ward.planned(days: 56), 1)
            let (store, today) = (ward.store, ward.today)
            func due(_ day: Int) async throws -> [Int] {
                try await ward.read {
                    try $0.due(at: store, from: today, through: today.adding(days: day), limit: 10)
                }.map(\.instalment)
            }
            #expect(try await due(27) == [])
            #expect(try await due(28) == [2])
            let row = try #require(
                try await ward.read { try $0.due(at: store, from: today, through: today.adding(days: 60), limit: 1) }.first)
            #expect(row.needsFollowUp && row.supply == .pending && row.closesOn == today.adding(days: 35))
            #expect(row.patientName == "张三" && row.key(isOf: plan))
            #expect(
                try await ward.read {
                    try $0.due(
                        at: store, from: today, through: today.adding(days: 60),
                        after: InstalmentKey(dueOn: row.dueOn, plan: row.plan, instalment: row.instalment), limit: 1)
                } == [])
            #expect(try await ward.read { try $0.due(at: ward.stores[1], from: today, through: row.dueOn, limit: 1) } == [])
            let late = ward.later(days: 36)
            try await late.markMissed()
            #expect(try await ward.read { try $0.missed(at: store, limit: 10) }.map(\.state) == [.missed])
            func runningOut(_ days: Int) async throws -> [CalendarDate] {
                let later = ward.later(days: 40)
                return try await later.read {
                    try $0.runningOut(at: store, through: later.today.adding(days: days), today: later.today, limit: 10)
                }.map(\.supplyThrough)
            }
            #expect(try await runningOut(30) == [], "the missed instalment is still to come")
            try await late.followUp(plan)
            try await late.collect(plan, 2)
            #expect(try await runningOut(22) == [])
            #expect(try await runningOut(23) == [today.adding(days: 63)])
            #expect(try await ward.read { try $0.plans(.completed, limit: 10) }.map(\.id) == [plan.id])
            let further = ward.later(days: 57)
            try await further.issue([ward.line(days: 28)])
            #expect(try await runningOut(23) == [], "a further prescription is written")
        }
    }

    @Test("what instalments need, what is set aside of it, and what they have used")
    func demand() async throws {
        try await withWard { ward in
            try await ward.stock(1, 100)
            let plan = try await ward.collect(try await ward.planned(), 1)
            let (id, store, today, product) = (ward.consortium.id, ward.store, ward.today, ward.products[1])
            func needs(from: Int, through: Int, at place: StoreID? = nil) async throws -> InstalmentNeed? {
                let place = place ?? store
                return try await ward.write { transaction in
                    try DueInstalments(transaction, of: id).needs(
                        at: place, from: today.adding(days: from), through: today.adding(days: through))
                }[product]
            }
            #expect(try await needs(from: 0, through: 27) == nil)
            #expect(try await needs(from: 0, through: 28) == InstalmentNeed(total: 28, reserved: 0))
            #expect(try await needs(from: 28, through: 56) == InstalmentNeed(total: 56, reserved: 0))
            #expect(try await needs(from: 0, through: 90, at: ward.stores[1]) == nil)
            try await ward.later(days: 21).reserve()
            let need = try #require(try await needs(from: 0, through: 90))
            #expect(need == InstalmentNeed(total: 56, reserved: 28) && need.open == 28)
            let open = try await ward.write { transaction in
                try DueInstalments(transaction, of: id).need(at: store, from: today, through: today.adding(days: 90))
            }
            #expect(open == [product: 28])
            func foreseen() async throws -> [ProductID: [CalendarDate: BaseUnits]] {
                try await ward.write { transaction in
                    try InstalmentUse(transaction, of: id).consumed(at: store, from: today, through: today.adding(days: 28))
                }
            }
            #expect(try await foreseen() == [:], "nobody could know of a first plan's first instalment")
            let later = ward.later(days: 21)
            let second = try await later.collect(try await later.followUp(plan), 2)
            #expect(try await foreseen() == [product: [today.adding(days: 21): 28]])
            try await later.suspend(second)
            #expect(try await needs(from: 0, through: 90) == nil, "a suspended plan needs nothing")
        }
    }

    @Test(
        "the adherence factor has a floor, and a cautious value while little is known",
        arguments: [(0, 0, 900), (49, 0, 900), (50, 50, 1_000), (50, 40, 800), (50, 25, 500), (50, 10, 500), (1_000, 933, 933)]
            as [(Int64, Int64, Int64)])
    func adherence(due: Int64, collected: Int64, perMille: Int64) {
        #expect(AdherenceFactor(due: due, collected: collected).perMille == perMille)
    }

    @Test("the adherence factor counts what was collected, however late, and what was given up, of plans that were begun")
    func adherenceRead() async throws {
        try await withWard { ward in
            try await ward.stock(1, 300)
            let plan = try await ward.collect(try await ward.planned(), 1)
            let late = ward.later(days: 36)
            try await late.markMissed()
            func factor(_ ward: Ward) async throws -> AdherenceFactor {
                try await ward.write { try AdherenceFactor.read($0, of: ward.consortium.id, on: ward.today) }
            }
            #expect(try await factor(late) == AdherenceFactor(due: 1, collected: 1), "what is missed is not decided")
            try await late.followUp(plan)
            try await late.collect(plan, 2)
            let second = try await factor(late)
            #expect(second == AdherenceFactor(due: 2, collected: 2))
            #expect(second.expected(of: 101) == 91)
            // The third is due on day 64, and nobody comes for it.
            let over = ward.later(days: 100)
            try await over.markMissed()
            try await over.expire()
            #expect(try await factor(over) == AdherenceFactor(due: 3, collected: 2))
        }
    }
}

extension RegisterTests {
    @Test("the adherence factor leaves out what fell due while a plan was suspended")
    func suspended() async throws {
        try await withWard { ward in
            try await ward.stock(1, 300)
            let plan = try await ward.collect(try await ward.planned(), 1)
            try await ward.later(days: 5).suspend(plan)
            let over = ward.later(days: 100)
            try await over.turn()
            let factor = try await over.write { try AdherenceFactor.read($0, of: ward.consortium.id, on: over.today) }
            #expect(factor == AdherenceFactor(due: 1, collected: 1))
        }
    }
}

extension RegisteredInstalment {
    fileprivate func key(isOf plan: LongPlan) -> Bool { self.plan == plan.id && prescriptionNumber == plan.prescriptionNumber }
}

import Dispensing
import Foundation
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import LongPrescriptions

@Suite("The course of a plan")
struct CourseTests {
    @Test("is collected to its end, with follow-ups, at any pharmacy")
    func whole() async throws {
        try await withWard { ward in
            try await ward.stock(1, 200)
            try await ward.stock(1, 100, in: ward.stores[1])
            var plan = try await ward.planned()
            plan = try await ward.collect(plan, 1)
            #expect(try await ward.held(1) == [.available: 172])
            await expectRefusal("long-prescriptions.not-next") { try await ward.collect(plan, 1) }
            await expectRefusal("long-prescriptions.too-early") { try await ward.later(days: 20).collect(plan, 2) }
            let second = ward.later(days: 21)
            await expectRefusal("long-prescriptions.follow-up-needed") { try await second.collect(plan, 2) }
            plan = try await second.followUp(plan)
            #expect(plan.assessedOn == second.today && plan.instalments[1].dueOn == ward.today.adding(days: 28))
            try await second.reserve()
            #expect(try await second.held(1)[.reserved] == 28)
            plan = try await second.collect(plan, 2, at: 1)
            #expect(try await second.held(1) == [.available: 172], "what was set aside is free when it is collected elsewhere")
            #expect(try await second.held(1, in: ward.stores[1]) == [.available: 72])
            let third = ward.later(days: 56)
            try await third.followUp(plan)
            plan = try await third.collect(plan, 3)
            #expect(plan.state == .completed && plan.supplyThrough == ward.today.adding(days: 83))
            #expect(plan.instalments.map(\.state) == [.collected, .collected, .collected])
            await expectRefusal("long-prescriptions.wrong-state") { try await third.collect(plan, 3) }
            let kinds = try await ward.history(plan).map(\.kind)
            #expect(kinds == [.start, .collect, .followUp, .collect, .followUp, .collect, .complete])
        }
    }

    @Test("needs counselling, and a proxy the patient has named")
    func collectors() async throws {
        try await withWard { ward in
            try await ward.stock(1, 100)
            let plan = try await ward.planned()
            await expectRefusal("long-prescriptions.counselling-missing") { try await ward.collect(plan, 1, counselling: " ") }
            await expectRefusal("long-prescriptions.proxy-invalid") {
                try await ward.collect(plan, 1, .proxy(residentNumber: "110101199003070135"))
            }
            let proxy = Collector.proxy(residentNumber: Ward.proxyNumber)
            await expectRefusal("long-prescriptions.proxy-not-named") { try await ward.collect(plan, 1, proxy) }
            let pepper = try #require(Ward.pepper)
            let details = ProxyDetails(name: "李四", relation: "女儿", residentNumber: Ward.proxyNumber)
            @Sendable func name() async throws {
                try await ward.write { transaction in
                    _ = try NameProxy(plan: plan.id, proxy: details)
                        .run(in: transaction, by: ward.pharmacist, at: ward.now, pepper: pepper)
                }
            }
            try await name()
            await expectRefusal("long-prescriptions.proxy-invalid") { try await name() }
            #expect(try await ward.collect(plan, 1, proxy).instalments[0].state == .collected)
        }
    }

    @Test("moves what follows when an instalment is collected late, and gives up what falls behind the end")
    func late() async throws {
        try await withWard { ward in
            try await ward.stock(1, 200)
            var plan = try await ward.planned()
            plan = try await ward.collect(plan, 1)
            let second = ward.later(days: 35)
            try await second.followUp(plan)
            plan = try await second.collect(plan, 2)
            #expect(plan.instalments[2].dueOn == ward.today.adding(days: 63))
            #expect(plan.supplyThrough == ward.today.adding(days: 62))
        }
    }

    @Test("a missed instalment waits for a follow-up and is due again from then on", arguments: [(35, 0), (36, 1)])
    func missed(day: Int, found: Int) async throws {
        try await withWard { ward in
            try await ward.stock(1, 200)
            var plan = try await ward.planned()
            plan = try await ward.collect(plan, 1)
            let late = ward.later(days: day)
            try await late.reserve()
            #expect(try await late.markMissed() == found)
            #expect(try await late.markMissed() == 0, "once")
            guard found == 1 else { return }
            #expect(try await late.release() == 1)
            #expect(try await late.held(1) == [.available: 172])
            await expectRefusal("long-prescriptions.missed") { try await late.collect(plan, 2) }
            #expect(try await late.read { try $0.missed(at: ward.store, limit: 10) }.map(\.instalment) == [2])
            plan = try await late.followUp(plan)
            #expect(plan.instalments.map { $0.dueOn.days(since: ward.today) } == [0, day, day + 28])
            #expect(plan.instalments[1].missedOn == late.today && plan.instalments[1].state == .open)
            #expect(try await late.collect(plan, 2).instalments[1].state == .collected)
        }
    }

    @Test("an alert interrupts it until a physician decides")
    func alert() async throws {
        try await withWard { ward in
            try await ward.stock(1, 100)
            var plan = try await ward.planned()
            await expectRefusal("long-prescriptions.words-missing") { try await ward.raiseAlert(plan, words: "") }
            plan = try await ward.raiseAlert(plan)
            #expect(plan.state == .alerted)
            #expect(try await ward.held(1) == [.available: 100])
            await expectRefusal("long-prescriptions.wrong-state") { try await ward.collect(plan, 1) }
            await expectRefusal("long-prescriptions.wrong-state") { try await ward.raiseAlert(plan) }
            await expectRefusal("identity.role-missing") { try await ward.resume(plan, by: ward.pharmacist) }
            try await ward.reserve()
            #expect(try await ward.held(1) == [.available: 100], "nothing is set aside for an interrupted plan")
            let later = ward.later(days: 2)
            plan = try await later.resume(plan)
            #expect(plan.state == .active && plan.instalments.map { $0.dueOn.days(since: ward.today) } == [2, 30, 58])
            #expect(try await later.held(1) == [.available: 72, .reserved: 28])
            #expect(try await ward.history(plan)[1].reason == .adverseReaction)
        }
    }

    @Test("is suspended, resumed and stopped by a physician; what is stopped is never handed out")
    func stopped() async throws {
        try await withWard { ward in
            try await ward.stock(1, 200)
            var plan = try await ward.collect(try await ward.planned(), 1)
            await expectRefusal("identity.role-missing") { try await ward.suspend(plan, by: ward.pharmacist) }
            plan = try await ward.suspend(plan)
            #expect(plan.state == .suspended)
            await expectRefusal("long-prescriptions.wrong-state") { try await ward.followUp(plan) }
            plan = try await ward.resume(plan)
            await expectRefusal("identity.role-missing") { try await ward.stop(plan, by: ward.pharmacist) }
            plan = try await ward.stop(plan)
            #expect(plan.state == .stopped && plan.instalments.map(\.state) == [.collected, .lapsed, .lapsed])
            for event in ["resume", "suspend", "stop"] {
                await expectRefusal("long-prescriptions.wrong-state") {
                    switch event {
                    case "resume": try await ward.resume(plan)
                    case "suspend": try await ward.suspend(plan)
                    default: try await ward.stop(plan)
                    }
                }
            }
            let closed = try await ward.write { transaction in
                try ExpirePrescriptions().run(in: transaction, of: ward.consortium.id, at: ward.now)
            }
            #expect(closed == [plan.prescription], "the rest of the prescription ends with its plan")
        }
    }

    @Test("a follow-up may interrupt or stop it, as far as the one who makes it may")
    func followUps() async throws {
        try await withWard { ward in
            try await ward.stock(1, 200)
            let plan = try await ward.planned()
            await expectRefusal("long-prescriptions.words-missing") { try await ward.followUp(plan, findings: "") }
            await expectRefusal("identity.role-missing") { try await ward.followUp(plan, .stop(.poorControl)) }
            #expect(try await ward.followUp(plan, .suspend(.complication)).state == .alerted)
            try await ward.resume(plan)
            #expect(try await ward.followUp(plan, .suspend(.admission), by: ward.physician).state == .suspended)
            try await ward.resume(plan)
            #expect(try await ward.followUp(plan, .stop(.nonAdherence), by: ward.physician).state == .stopped)
        }
    }

    @Test("expires with its course, and with its prescription")
    func expires() async throws {
        try await withWard { ward in
            try await ward.stock(1, 300)
            var plan = try await ward.planned()
            plan = try await ward.collect(plan, 1)
            #expect(try await ward.later(days: 83).expire() == 0)
            await expectRefusal("long-prescriptions.wrong-state") { try await ward.later(days: 84).followUp(plan) }
            #expect(try await ward.later(days: 84).expire() == 1)
            #expect(try await ward.later(days: 84).expire() == 0)
            #expect(try await ward.current(plan).instalments.map(\.state) == [.collected, .lapsed, .lapsed])
            let other = PatientID(UUID())
            try await ward.register(other, name: "王五")
            let unused = try await ward.planned(patient: other)
            #expect(try await ward.held(1)[.reserved] == 28)
            try await ward.later(days: 3).turn()
            #expect(try await ward.current(unused).state == .expired, "nothing was collected while the prescription was valid")
            #expect(try await ward.later(days: 3).held(1) == [.available: 272])
        }
    }
}

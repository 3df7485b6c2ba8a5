import Dispensing
import Foundation
import MedicationRules
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import LongPrescriptions

/// A patient who comes when they come, in memory: early, late, not at all, interrupted.
private struct SimulatedPatient {
    var random: SeededGenerator
    var plan: LongPlan?
    var supply = SupplyCourse()
    /// Base units handed out on the plan, by instalment.
    var collections = 0
    var refused: Set<String> = []

    mutating func live(_ today: CalendarDate) throws {
        guard let current = plan, current.next != nil, today <= current.endsOn else {
            try write(today)
            return
        }
        plan = current.missing(on: today)
        guard Int.random(in: 0..<5, using: &random) == 0 else { return }
        if Int.random(in: 0..<3, using: &random) > 0 { plan = plan?.goingOn(on: today) }
        try collect(today)
    }

    /// The next prescription, once what is left lasts a week at most.
    private mutating func write(_ today: CalendarDate) throws {
        guard supply.ahead(on: today) <= 7 else { return }
        let days = [28, 56, 84].randomElement(using: &random) ?? 28
        let startsOn = max(today, supply.through?.adding(days: 1) ?? today)
        let split = InstalmentPlan(
            [try InstalmentPlanTests.line(Int64(days), days: days)], startsOn: startsOn,
            instalmentDays: Int.random(in: 7...28, using: &random))
        plan = CollectionRulesTests.plan().with(split)
    }

    private mutating func collect(_ today: CalendarDate) throws {
        guard let plan, let next = plan.next else { return }
        do {
            let instalment = try CollectionRules.check(next.number, of: plan, ahead: supply.ahead(on: today), today: today)
            let window = plan.window(of: instalment)
            #expect(today <= plan.endsOn && today >= instalment.dueOn.adding(days: -window.earlyDays))
            if let last = plan.lastCollected, let on = last.collectedOn {
                #expect(today >= on.adding(days: last.days - window.earlyDays))
            }
            supply.handOut(on: today, days: instalment.days)
            #expect(supply.ahead(on: today) <= window.aheadMax(ofDays: instalment.days))
            #expect(supply.ahead(on: today) <= 84)
            collections += 1
            self.plan = plan.collecting(instalment.number, on: today)
        } catch {
            refused.insert(error.code.rawValue)
        }
    }
}

extension LongPlan {
    fileprivate func with(_ changed: [Instalment], starts: CalendarDate? = nil, ends: CalendarDate? = nil, assessed: CalendarDate? = nil)
        -> LongPlan
    {
        LongPlan(
            id: id, prescription: prescription, prescriptionNumber: prescriptionNumber, version: version, patient: patient,
            store: store, state: state, isFirst: isFirst, diagnosisCode: diagnosisCode, startsOn: starts ?? startsOn,
            endsOn: ends ?? endsOn, earlyDays: earlyDays, graceDays: graceDays, followUpDays: followUpDays,
            assessedOn: assessed ?? assessedOn, assessment: assessment, followUpPlan: followUpPlan, consent: consent,
            proxies: proxies, supplyThrough: supplyThrough, startedBy: startedBy, startedAt: startedAt, instalments: changed)
    }

    fileprivate func with(_ split: InstalmentPlan) -> LongPlan {
        with(
            split.instalments.map {
                Instalment(
                    number: $0.number, dueOn: $0.dueOn, days: $0.days, state: .open, missedOn: nil, collectedOn: nil, store: nil,
                    lines: $0.lines)
            }, starts: split.startsOn, ends: split.endsOn, assessed: split.startsOn)
    }

    fileprivate func missing(on today: CalendarDate) -> LongPlan {
        with(instalments.map { $0.state == .open && closes($0) < today ? $0.with(.missed) : $0 })
    }

    /// As a follow-up lets it go on.
    fileprivate func goingOn(on today: CalendarDate) -> LongPlan {
        guard let next else { return self }
        return pushed(from: next.number, days: max(0, today.days(since: next.dueOn))).with(assessed: today)
    }

    private func with(assessed: CalendarDate) -> LongPlan { with(instalments, assessed: assessed) }

    private func pushed(from number: Int, days: Int) -> LongPlan {
        with(
            instalments.map { instalment in
                guard instalment.number >= number, instalment.state == .open || instalment.state == .missed else { return instalment }
                let due = instalment.dueOn.adding(days: days)
                return instalment.with(due > endsOn ? .lapsed : .open, due: due)
            })
    }

    fileprivate func collecting(_ number: Int, on today: CalendarDate) -> LongPlan {
        let done = with(instalments.map { $0.number == number ? $0.with(.collected, collected: today) : $0 })
        guard let collected = instalments.first(where: { $0.number == number }), let following = done.next else { return done }
        return done.pushed(from: following.number, days: max(0, today.adding(days: collected.days).days(since: following.dueOn)))
    }
}

extension Instalment {
    fileprivate func with(_ state: InstalmentState, due: CalendarDate? = nil, collected: CalendarDate? = nil) -> Instalment {
        Instalment(
            number: number, dueOn: due ?? dueOn, days: days, state: state, missedOn: missedOn, collectedOn: collected ?? collectedOn,
            store: store, lines: lines)
    }
}

@Suite("A simulated year")
struct SimulatedYearTests {
    @Test("of two hundred patients who come when they like breaks no limit")
    func inMemory() throws {
        let first = CalendarDate(day: 20_000)
        var refused: Set<String> = []
        for seed in UInt64(0)..<200 {
            var patient = SimulatedPatient(random: SeededGenerator(seed: seed))
            for day in 0..<365 { try patient.live(first.adding(days: day)) }
            #expect(patient.collections > 0, "seed \(seed)")
            refused.formUnion(patient.refused)
        }
        #expect(
            refused == [
                "long-prescriptions.too-early", "long-prescriptions.missed", "long-prescriptions.follow-up-needed",
            ])
    }

    @Test("of a pharmacy in short keeps every promise: nothing is reserved that is not there", arguments: UInt64(0)..<2)
    func inTheDatabase(seed: UInt64) async throws {
        try await withWard { ward in
            var random = SeededGenerator(seed: seed)
            let patients = (0..<6).map { _ in PatientID(UUID()) }
            for (number, patient) in patients.enumerated() { try await ward.register(patient, name: "患者\(number)") }
            var plans: [PatientID: LongPlan] = [:]
            for day in stride(from: 0, to: 120, by: 3) {
                let today = ward.later(days: day)
                if Int.random(in: 0..<3, using: &random) == 0 {
                    let quantity = BaseUnits(Int64.random(in: 10...80, using: &random))
                    try await today.stock(
                        1, quantity, batch: "D\(day)", expiresIn: Int.random(in: 20...200, using: &random),
                        in: today.stores[Int.random(in: 0..<2, using: &random)])
                }
                try await today.turn()
                for patient in patients {
                    plans[patient] = try await step(today, patient, plans[patient], &random)
                }
                for place in today.stores {
                    let held = try await today.held(1, in: place)
                    #expect(held.values.allSatisfy { $0 > 0 }, "seed \(seed), day \(day)")
                }
            }
        }
    }

    /// What a patient does on a day; what is refused has not happened.
    private func step(
        _ ward: Ward, _ patient: PatientID, _ known: LongPlan?, _ random: inout SeededGenerator
    ) async throws -> LongPlan? {
        let place = Int.random(in: 0..<2, using: &random)
        let dice = Int.random(in: 0..<20, using: &random)
        do {
            guard let known, try await ward.current(known).state.isLive else {
                let days = [28, 56].randomElement(using: &random) ?? 28
                return try await ward.planned(days: days, instalmentDays: 14, at: ward.stores[place], patient: patient)
            }
            let plan = try await ward.current(known)
            switch dice {
            case 0: try await ward.choose(plan, ward.stores[place])
            case 1: try await ward.suspend(plan)
            case 2...3: try await ward.resume(plan)
            case 4: try await ward.raiseAlert(plan)
            case 5: try await ward.stop(plan)
            case 6...9: try await ward.followUp(plan)
            default: if let next = plan.next { try await ward.collect(plan, next.number, at: place) }
            }
            return plan
        } catch is LongPrescriptionsRefusal {
            return known
        } catch is DispensingRefusal {
            return known
        }
    }
}

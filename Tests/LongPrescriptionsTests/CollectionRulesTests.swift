import Dispensing
import Foundation
import Primitives
import Testing

@testable import LongPrescriptions

@Suite("When an instalment is collected")
struct CollectionRulesTests {
    static let start = CalendarDate(day: 20_000)

    /// Three times four weeks; the first `collected` of them on the given days.
    static func plan(
        _ state: PlanState = .active, collected: [Int] = [], missed: Int? = nil, assessed: Int = 0, days: Int = 28
    ) -> LongPlan {
        let instalments = (1...3).map { number in
            Instalment(
                number: number, dueOn: start.adding(days: (number - 1) * days), days: days,
                state: number <= collected.count ? .collected : number == missed ? .missed : .open, missedOn: nil,
                collectedOn: number <= collected.count ? start.adding(days: collected[number - 1]) : nil, store: nil,
                lines: [InstalmentLine(line: 1, product: ProductID(1), quantity: BaseUnits(Int64(days)))])
        }
        return LongPlan(
            id: LongPlanID(UUID()), prescription: PrescriptionID(UUID()), prescriptionNumber: "CF-2026-000001", version: 1,
            patient: PatientID(UUID()), store: StoreID(1), state: state, isFirst: true, diagnosisCode: "I10", startsOn: start,
            endsOn: start.adding(days: days * 3 - 1), earlyDays: 7, graceDays: 7, followUpDays: 28,
            assessedOn: start.adding(days: assessed), assessment: "平稳", followUpPlan: "随访",
            consent: Consent(by: .patient, manner: .signature, givenOn: start), proxies: [], supplyThrough: nil,
            startedBy: PersonID(1), startedAt: Instant(microseconds: 0), instalments: instalments)
    }

    static func refusal(_ plan: LongPlan, _ number: Int, on day: Int, ahead: Int = 0) -> String? {
        do {
            _ = try CollectionRules.check(number, of: plan, ahead: ahead, today: start.adding(days: day))
            return nil
        } catch {
            return error.code.rawValue
        }
    }

    @Test(
        "from a week before the due day through a week after it",
        arguments: [
            (-8, "long-prescriptions.too-early"), (-7, nil), (0, nil), (7, nil), (8, "long-prescriptions.missed"),
        ] as [(Int, String?)])
    func window(day: Int, refusal: String?) {
        #expect(Self.refusal(Self.plan(), 1, on: day) == refusal)
    }

    @Test(
        "not sooner after the last collection than its days less the window",
        arguments: [(7, 27, "long-prescriptions.too-early"), (7, 28, nil), (0, 21, nil), (0, 20, "long-prescriptions.too-early")]
            as [(Int, Int, String?)])
    func interval(last: Int, day: Int, refusal: String?) {
        #expect(Self.refusal(Self.plan(collected: [last], assessed: 10), 2, on: day) == refusal)
    }

    @Test(
        "in a short instalment the window is half of it",
        arguments: [
            // Seven days: three before the day 14, three after it.
            (10, "long-prescriptions.too-early"), (11, nil), (17, nil), (18, "long-prescriptions.missed"),
        ] as [(Int, String?)])
    func shortInstalment(day: Int, refusal: String?) {
        #expect(Self.refusal(Self.plan(collected: [0, 7], days: 7), 3, on: day) == refusal)
    }

    @Test("in their order")
    func order() {
        #expect(Self.refusal(Self.plan(), 2, on: 0) == "long-prescriptions.not-next")
        #expect(Self.refusal(Self.plan(collected: [0], assessed: 20), 1, on: 28) == "long-prescriptions.not-next")
        #expect(Self.refusal(Self.plan(collected: [0, 28, 56]), 4, on: 84) == "long-prescriptions.nothing-to-collect")
        #expect(Self.refusal(Self.plan(missed: 1), 1, on: 0) == "long-prescriptions.missed")
    }

    @Test(
        "beyond four weeks only after a follow-up",
        arguments: [(0, "long-prescriptions.follow-up-needed"), (1, nil), (27, nil)] as [(Int, String?)])
    func followUp(assessed: Int, refusal: String?) {
        #expect(Self.refusal(Self.plan(collected: [0], assessed: assessed), 2, on: 28) == refusal)
        // Within four weeks none is needed.
        #expect(Self.refusal(Self.plan(collected: [0], assessed: 0, days: 14), 2, on: 14) == nil)
        #expect(Self.refusal(Self.plan(collected: [0, 14], assessed: 0, days: 14), 3, on: 28) == "long-prescriptions.follow-up-needed")
    }

    @Test("with no more supply ahead than the window", arguments: [(7, nil), (8, "long-prescriptions.supply-ahead")] as [(Int, String?)])
    func ahead(days: Int, refusal: String?) {
        #expect(Self.refusal(Self.plan(), 1, on: 0, ahead: days) == refusal)
    }

    @Test("not while the plan is interrupted or over", arguments: PlanState.allCases.filter { $0 != .active })
    func state(_ state: PlanState) {
        #expect(Self.refusal(Self.plan(state), 1, on: 0) == "long-prescriptions.wrong-state")
    }

    @Test("never after the course", arguments: [(83, "long-prescriptions.follow-up-needed"), (84, "long-prescriptions.missed")])
    func endOfCourse(day: Int, refusal: String) {
        // A due day that was moved to the end of the course.
        var plan = Self.plan(collected: [0, 28])
        plan = LongPlan(moving: plan, due: Self.start.adding(days: 80))
        #expect(Self.refusal(plan, 3, on: day) == refusal)
    }
}

extension LongPlan {
    /// The same plan with another day on which the last instalment is due.
    fileprivate init(moving plan: LongPlan, due: CalendarDate) {
        let last = plan.instalments[2]
        self.init(
            id: plan.id, prescription: plan.prescription, prescriptionNumber: plan.prescriptionNumber, version: plan.version,
            patient: plan.patient, store: plan.store, state: plan.state, isFirst: plan.isFirst, diagnosisCode: plan.diagnosisCode,
            startsOn: plan.startsOn, endsOn: plan.endsOn, earlyDays: plan.earlyDays, graceDays: plan.graceDays,
            followUpDays: plan.followUpDays, assessedOn: plan.assessedOn, assessment: plan.assessment,
            followUpPlan: plan.followUpPlan, consent: plan.consent, proxies: plan.proxies, supplyThrough: plan.supplyThrough,
            startedBy: plan.startedBy, startedAt: plan.startedAt,
            instalments: Array(plan.instalments.prefix(2)) + [
                Instalment(
                    number: 3, dueOn: due, days: last.days, state: .open, missedOn: nil, collectedOn: nil, store: nil,
                    lines: last.lines)
            ])
    }
}

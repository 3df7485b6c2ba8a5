import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import LongPrescriptions

/// What tests do to plans.
extension Ward {
    @discardableResult
    func start(
        _ prescription: PrescriptionID, days instalmentDays: Int = 28, at place: StoreID? = nil, by person: Principal? = nil,
        proxies: [ProxyDetails] = [], _ change: @Sendable (inout StartLongPrescription) -> Void = { _ in }
    ) async throws -> LongPlan {
        let pepper = try #require(Self.pepper)
        var begin = StartLongPrescription(
            plan: LongPlanID(UUID()), prescription: prescription, store: place ?? store, instalmentDays: instalmentDays,
            assessment: Assessment(on: today, findings: "血压控制良好"), followUpPlan: "每4周随访，不适随诊",
            consent: Consent(by: .patient, manner: .signature, givenOn: today), proxies: proxies, rules: Self.rules)
        change(&begin)
        let (verb, person) = (begin, person ?? physician)
        return try await write { [now] in try verb.run(in: $0, by: person, at: now, pepper: pepper) }
    }

    /// An approved prescription of one tablet a day with a plan.
    @discardableResult
    func planned(
        days: Int = 84, instalmentDays: Int = 28, at place: StoreID? = nil, patient: PatientID? = nil
    ) async throws -> LongPlan {
        try await start(try await issueApproved([line(days: days)], patient: patient), days: instalmentDays, at: place)
    }

    @discardableResult
    func collect(
        _ plan: LongPlan, _ number: Int, at place: Int = 0, _ collector: Collector = .patient, counselling: String = "按时服药，监测血压"
    ) async throws -> LongPlan {
        let pepper = try #require(Self.pepper)
        let (store, person) = (stores[place], consortium.storekeepers[place])
        return try await write { [now] transaction in
            try CollectInstalment(
                plan: plan.id, instalment: number, collector: collector, counselling: counselling,
                handOut: DispensePrescription(
                    dispensing: DispensingID(UUID()), prescription: plan.prescription, store: store,
                    checks: DispensingCheck.allCases)
            ).run(in: transaction, by: person, at: now, pepper: pepper)
        }
    }

    @discardableResult
    func followUp(
        _ plan: LongPlan, _ result: RecordFollowUp.Result = .goOn, by person: Principal? = nil, findings: String = "血压平稳"
    ) async throws -> LongPlan {
        let person = person ?? pharmacist
        return try await write { [now] transaction in
            try RecordFollowUp(plan: plan.id, result: result, findings: findings).run(in: transaction, by: person, at: now)
        }
    }

    @discardableResult
    func raiseAlert(_ plan: LongPlan, words: String = "皮疹", by person: Principal? = nil) async throws -> LongPlan {
        let person = person ?? consortium.storekeepers[0]
        return try await write { [now] transaction in
            try RaiseAlert(plan: plan.id, reason: .adverseReaction, words: words).run(in: transaction, by: person, at: now)
        }
    }

    @discardableResult
    func suspend(_ plan: LongPlan, words: String = "住院", by person: Principal? = nil) async throws -> LongPlan {
        let person = person ?? physician
        return try await write { [now] transaction in
            try SuspendPlan(plan: plan.id, reason: .admission, words: words).run(in: transaction, by: person, at: now)
        }
    }

    @discardableResult
    func resume(_ plan: LongPlan, words: String = "已评估，可继续", by person: Principal? = nil) async throws -> LongPlan {
        let person = person ?? physician
        return try await write { [now] transaction in
            try ResumePlan(plan: plan.id, words: words).run(in: transaction, by: person, at: now)
        }
    }

    @discardableResult
    func stop(_ plan: LongPlan, words: String = "血压失控", by person: Principal? = nil) async throws -> LongPlan {
        let person = person ?? physician
        return try await write { [now] transaction in
            try StopPlan(plan: plan.id, reason: .poorControl, words: words).run(in: transaction, by: person, at: now)
        }
    }

    @discardableResult
    func choose(_ plan: LongPlan, _ place: StoreID) async throws -> LongPlan {
        try await write { [now, pharmacist] transaction in
            try ChoosePharmacy(plan: plan.id, store: place).run(in: transaction, by: pharmacist, at: now)
        }
    }

    func current(_ plan: LongPlan) async throws -> LongPlan {
        try await read { try $0.plan(plan.id) }
    }

    func history(_ plan: LongPlan) async throws -> [PlanEvent] {
        let id = plan.id
        return try await read { try $0.history(of: id) }
    }

    // MARK: - Upkeep

    @discardableResult
    func reserve(limit: Int = 50, after: InstalmentKey? = nil) async throws -> ReserveDueInstalments.Outcome {
        try await write { [now, consortium] transaction in
            try ReserveDueInstalments(limit: limit, after: after).run(in: transaction, of: consortium.id, at: now)
        }
    }

    @discardableResult
    func release() async throws -> Int {
        try await write { [now, consortium] in try ReleaseReservations().run(in: $0, of: consortium.id, at: now) }
    }

    @discardableResult
    func markMissed() async throws -> Int {
        try await write { [now, consortium] in try MarkMissed().run(in: $0, of: consortium.id, at: now) }
    }

    @discardableResult
    func expire() async throws -> Int {
        try await write { [now, consortium] in try ExpirePlans().run(in: $0, of: consortium.id, at: now) }
    }

    /// Everything the upkeep does, once.
    func turn() async throws {
        try await write { [now, consortium] transaction in
            _ = try ExpirePrescriptions().run(in: transaction, of: consortium.id, at: now)
        }
        try await markMissed()
        try await expire()
        try await release()
        try await reserve()
    }
}

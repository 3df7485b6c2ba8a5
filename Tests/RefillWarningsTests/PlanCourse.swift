import Dispensing
import Foundation
import LongPrescriptions
import Primitives
import TestSupport
import Testing

/// What happens to plans.
extension PlanBench {
    func collect(_ plan: LongPlanID, _ number: Int, at place: Int) async throws {
        let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
        try await write { [self] transaction in
            let prescription = try LongPrescriptionReadings(transaction, of: consortium.id).plan(plan).prescription
            _ = try CollectInstalment(
                plan: plan, instalment: number, collector: .patient, counselling: "按时服药，监测血压",
                handOut: DispensePrescription(
                    dispensing: DispensingID(UUID()), prescription: prescription, store: stores[place],
                    checks: DispensingCheck.allCases)
            ).run(in: transaction, by: consortium.storekeepers[place], at: now, pepper: pepper)
        }
    }

    func markMissed() async throws {
        try await write { [self] in _ = try MarkMissed().run(in: $0, of: consortium.id, at: now) }
    }

    func move(_ plan: LongPlanID, to place: StoreID) async throws {
        try await write { [self] in _ = try ChoosePharmacy(plan: plan, store: place).run(in: $0, by: pharmacist, at: now) }
    }

    func suspend(_ plan: LongPlanID) async throws {
        try await write { [self] in
            _ = try SuspendPlan(plan: plan, reason: .admission, words: "住院").run(in: $0, by: physician, at: now)
        }
    }

    func resume(_ plan: LongPlanID) async throws {
        try await write { [self] in _ = try ResumePlan(plan: plan, words: "已评估，可继续").run(in: $0, by: physician, at: now) }
    }

    func alert(_ plan: LongPlanID) async throws {
        try await write { [self] in
            _ = try RaiseAlert(plan: plan, reason: .adverseReaction, words: "皮疹")
                .run(in: $0, by: consortium.storekeepers[0], at: now)
        }
    }

    func stop(_ plan: LongPlanID) async throws {
        try await write { [self] in
            _ = try StopPlan(plan: plan, reason: .poorControl, words: "血压失控").run(in: $0, by: physician, at: now)
        }
    }
}

import Dispensing
import Identity
import LongPrescriptions
import Parties
import Postgres
import Primitives

extension LongPrescriptionsRoutes {
    /// A plan, its history, and plans by state.
    static let plans: [Endpoint] = [
        .reading(
            "long-prescriptions.plan", "/long-plans/{planID:uuid}", tag: tag,
            summary: Phrase("取药计划", "A plan with its instalments"), roles: readers, refusals: codes(.planUnknown),
            answer: LongPlan.self
        ) { call, transaction in
            try LongPrescriptionReadings(transaction, of: call.principal.consortium).plan(try call.id("planID"))
        },
        .reading(
            "long-prescriptions.plan-of-prescription", "/prescriptions/{prescriptionID:uuid}/long-plan", tag: tag,
            summary: Phrase("处方的取药计划", "The plan of a prescription"), roles: readers, refusals: codes(.planUnknown),
            answer: LongPlan.self
        ) { call, transaction in
            try LongPrescriptionReadings(transaction, of: call.principal.consortium).plan(of: try call.id("prescriptionID"))
        },
        .reading(
            "long-prescriptions.history", "/long-plans/{planID:uuid}/history", tag: tag,
            summary: Phrase("取药计划经过：随访、暂停、停用等", "What happened to a plan: follow-ups, suspensions and so on"), roles: readers,
            refusals: codes(.planUnknown), answer: PageOf<PlanEvent>.self
        ) { call, transaction in
            PageOf(
                items: try LongPrescriptionReadings(transaction, of: call.principal.consortium)
                    .history(of: try call.id("planID")), next: nil)
        },
        .reading(
            "long-prescriptions.plans", "/long-plans", tag: tag, summary: Phrase("按状态列出取药计划", "Plans in a state, newest first"),
            roles: readers,
            query: [.choice("state", PlanState.self, Phrase("状态，默认进行中", "The state, active unless told"))] + .paging,
            answer: PageOf<PlanSummary>.self
        ) { call, transaction in
            let page = try call.page()
            let found = try LongPrescriptionReadings(transaction, of: call.principal.consortium).plans(
                call.query(choice: "state") ?? .active, after: try DispensingRoutes.after(page), limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
    ]

    /// Follow-ups, alerts, decisions and the choice of a pharmacy.
    static let course: [Endpoint] = [
        .command(
            "long-prescriptions.follow-up", "/long-plans/{planID:uuid}/follow-ups", tag: tag,
            summary: Phrase("随访：继续、暂停或停用", "Records a follow-up: the plan goes on, is suspended or stopped"),
            roles: [.prescriber, .pharmacist],
            refusals: codes(.planUnknown, .wrongState, .wordsMissing) + [IdentityRefusalCode.roleMissing], creates: true,
            body: FollowUpBody.self, answer: LongPlan.self
        ) { call, transaction in
            try RecordFollowUp(plan: try call.id("planID"), result: call.body.followUp, findings: call.body.findings)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "long-prescriptions.raise-alert", "/long-plans/{planID:uuid}/alerts", tag: tag,
            summary: Phrase("预警：在医师决定前不再发药", "Raises an alert: nothing is collected until a physician decides"),
            roles: clinicians, refusals: codes(.planUnknown, .wrongState, .wordsMissing), creates: true,
            body: PlanDecisionBody.self, answer: LongPlan.self
        ) { call, transaction in
            try RaiseAlert(plan: try call.id("planID"), reason: call.body.reason, words: call.body.words)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "long-prescriptions.suspend", "/long-plans/{planID:uuid}/suspension", tag: tag,
            summary: Phrase("医师暂停取药计划", "Suspends a plan"), roles: [.prescriber],
            refusals: codes(.planUnknown, .wrongState, .wordsMissing), body: PlanDecisionBody.self, answer: LongPlan.self
        ) { call, transaction in
            try SuspendPlan(plan: try call.id("planID"), reason: call.body.reason, words: call.body.words)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "long-prescriptions.resume", "/long-plans/{planID:uuid}/resumption", tag: tag,
            summary: Phrase("医师恢复取药计划", "Lets a suspended plan, or one with an alert, go on"), roles: [.prescriber],
            refusals: codes(.planUnknown, .wrongState, .wordsMissing), body: ResumptionBody.self, answer: LongPlan.self
        ) { call, transaction in
            try ResumePlan(plan: try call.id("planID"), words: call.body.words)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "long-prescriptions.stop", "/long-plans/{planID:uuid}/stop", tag: tag,
            summary: Phrase("医师停用取药计划", "Stops a plan for good"), roles: [.prescriber],
            refusals: codes(.planUnknown, .wrongState, .wordsMissing), body: PlanDecisionBody.self, answer: LongPlan.self
        ) { call, transaction in
            try StopPlan(plan: try call.id("planID"), reason: call.body.reason, words: call.body.words)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "long-prescriptions.choose-pharmacy", "/long-plans/{planID:uuid}/pharmacy", method: .put, tag: tag,
            summary: Phrase("更换取药点，预留随之转移", "Moves a plan, and what is reserved for it, to another pharmacy"), roles: clinicians,
            refusals: [PartiesRefusalCode.storeUnknown] + codes(.planUnknown, .wrongState, .pharmacyInvalid),
            body: ChosenPharmacyBody.self, answer: LongPlan.self
        ) { call, transaction in
            try ChoosePharmacy(plan: try call.id("planID"), store: call.body.store)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}

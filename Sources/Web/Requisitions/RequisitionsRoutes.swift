import Formulary
import Identity
import Parties
import PooledProcurement
import Postgres
import Primitives
import Requisitions

/// The operations of cycles, requisitions and shortage reports.
public enum RequisitionsRoutes {
    public static let endpoints: [Endpoint] = cycles + readings + requests + decisions + shortages

    static let tag = Phrase("请领", "Requisitions")
    static let insiders = Set(Role.allCases).subtracting([.supplier])
    static let deciders: Set<Role> = [.supervisor, .procurementOfficer]

    static func codes(_ codes: RequisitionsRefusalCode...) -> [any RefusalCode] { codes }

    /// What a command on a requisition that was read before may refuse.
    static let ofKnownRequisition: [any RefusalCode] =
        codes(.requisitionUnknown, .changedMeanwhile, .wrongState) + [IdentityRefusalCode.otherFacility]

    // MARK: - Readings

    private static let readings: [Endpoint] = [
        .reading(
            "requisitions.list", "/requisitions", tag: tag, summary: Phrase("请领单列表，新的在前", "Requisitions, newest first"),
            roles: insiders, query: filters + .paging, refusals: [IdentityRefusalCode.otherFacility],
            answer: PageOf<RequisitionSummary>.self
        ) { call, transaction in
            let page = try call.page()
            var cursor: RequisitionCursor?
            if let keys = try page.afterKeys(2) {
                guard let read = RequisitionCursor(keys: keys) else { throw Cursor.foreign }
                cursor = read
            }
            let found = try RequisitionReadings(transaction, for: call.principal).list(
                filter(call), after: cursor, limit: page.limit + 1)
            return PageOf(found, of: page) { $0.cursor.keys }
        },
        .reading(
            "requisitions.counts", "/requisition-counts", tag: tag,
            summary: Phrase("各状态请领单数", "How many requisitions stand in each state"), roles: insiders, query: filters,
            refusals: [IdentityRefusalCode.otherFacility], answer: RequisitionCountsView.self
        ) { call, transaction in
            RequisitionCountsView(counts: try RequisitionReadings(transaction, for: call.principal).counts(filter(call)))
        },
        .reading(
            "requisitions.get", "/requisitions/{requisitionID:uuid}", tag: tag,
            summary: Phrase("请领单及明细", "A requisition with its lines, their figures and explanations"), roles: insiders,
            refusals: codes(.requisitionUnknown) + [IdentityRefusalCode.otherFacility], answer: RequisitionView.self
        ) { call, transaction in
            RequisitionView(
                try RequisitionReadings(transaction, for: call.principal).requisition(try call.id("requisitionID")))
        },
    ]

    private static let filters: [QueryParameter] = [
        .choice("state", RequisitionState.self, Phrase("状态", "Only in this state")),
        .integer("facility", Phrase("机构", "Only of this facility")),
        .document("cycle", Phrase("周期", "Only of this cycle")),
        .choice("kind", RequisitionKind.self, Phrase("类型", "Only of this kind")),
    ]

    private static func filter(_ call: Call<NoBody>) -> RequisitionFilter {
        RequisitionFilter(
            state: call.query(choice: "state"), facility: call.query(number: "facility"), cycle: call.query(id: "cycle"),
            kind: call.query(choice: "kind"))
    }

    // MARK: - Asking

    private static let ofOpening: [any RefusalCode] =
        codes(.requisitionExists, .strategyInvalid, .nothingChosen) + [
            PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility,
        ]
    private static let ofProducts: [any RefusalCode] =
        codes(.lineRepeated, .notOrderable) + [
            FormularyRefusalCode.noVersionInForce, FormularyRefusalCode.productUnknown,
            FormularyRefusalCode.productNotInFormulary,
            FormularyRefusalCode.levelNotPermitted,
        ]

    private static let requests: [Endpoint] = [
        .command(
            "requisitions.open", "/requisitions", tag: tag,
            summary: Phrase("开立周期请领单，自动填列建议量", "Opens a store's requisition in a cycle, filled in with suggestions"),
            roles: [.storekeeper], refusals: ofOpening + codes(.cycleUnknown, .cycleClosed, .alreadyOpenInCycle), creates: true,
            body: RegularRequisitionBody.self, answer: RequisitionSummary.self
        ) { call, transaction in
            try open(
                call.body.requisition, store: call.body.store, scope: .regular(call.body.cycle), strategy: call.body.strategy,
                call,
                transaction)
        },
        .command(
            "requisitions.open-emergency", "/emergency-requisitions", tag: tag,
            summary: Phrase("开立紧急请领单", "Opens a requisition of chosen products at any time"), roles: [.storekeeper],
            refusals: ofOpening + ofProducts, creates: true, body: EmergencyRequisitionBody.self, answer: RequisitionSummary.self
        ) { call, transaction in
            try open(
                call.body.requisition, store: call.body.store, scope: .emergency(call.body.products),
                strategy: call.body.strategy,
                call, transaction)
        },
        .command(
            "requisitions.change-lines", "/requisitions/{requisitionID:uuid}/lines", method: .patch, tag: tag,
            summary: Phrase("修改请领数量、增加品种", "Changes requested quantities and adds products"), roles: [.storekeeper],
            refusals: ofKnownRequisition + codes(.quantityInvalid, .notWholePacks) + ofProducts, body: RequisitionLinesBody.self,
            answer: RequisitionSummary.self
        ) { call, transaction in
            let changes = call.body.changes.map {
                ChangeRequisitionLines.Change(product: $0.product, requested: $0.requested, reason: $0.reason)
            }
            return try summary(call, transaction) { id in
                let store = try RequisitionReadings(transaction, for: call.principal).summary(id).store
                let onOrder = try OnOrder(transaction).quantities(for: store, of: call.principal.consortium)
                return try ChangeRequisitionLines(
                    requisitionID: id, version: call.body.version, changes: changes, onOrder: onOrder
                ).run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "requisitions.submit", "/requisitions/{requisitionID:uuid}/submission", tag: tag,
            summary: Phrase("提交审批", "Hands a requisition in for approval"), roles: [.storekeeper],
            refusals: ofKnownRequisition + codes(.cycleClosed, .nothingRequested, .deviationNeedsReason),
            body: RequisitionSubmissionBody.self, answer: RequisitionSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try SubmitRequisition(requisitionID: $0, version: call.body.version)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "requisitions.cancel", "/requisitions/{requisitionID:uuid}/cancellation", tag: tag,
            summary: Phrase("作废", "Gives a requisition up"), roles: deciders.union([.storekeeper]),
            refusals: ofKnownRequisition + codes(.reasonMissing), body: RequisitionReasonBody.self,
            answer: RequisitionSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try CancelRequisition(requisitionID: $0, version: call.body.version, reason: call.body.reason)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
    ]

    // MARK: - Deciding

    private static let decisions: [Endpoint] = [
        .command(
            "requisitions.approve", "/requisitions/{requisitionID:uuid}/approval", tag: tag,
            summary: Phrase("批准，可改数量", "Approves as requested, but for the changed lines"), roles: deciders,
            refusals: ofKnownRequisition
                + codes(.lineUnknown, .lineRepeated, .quantityInvalid, .notWholePacks, .changeNeedsReason),
            body: RequisitionApprovalBody.self, answer: RequisitionSummary.self
        ) { call, transaction in
            let changes = call.body.changes.map {
                ApproveRequisition.Change(product: $0.product, approved: $0.approved, reason: $0.reason)
            }
            return try summary(call, transaction) {
                try ApproveRequisition(
                    requisitionID: $0, version: call.body.version, changes: changes, reason: call.body.reason ?? ""
                ).run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "requisitions.return", "/requisitions/{requisitionID:uuid}/return", tag: tag,
            summary: Phrase("退回修改", "Sends a requisition back to be changed"), roles: deciders,
            refusals: ofKnownRequisition + codes(.reasonMissing), body: RequisitionReasonBody.self,
            answer: RequisitionSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try ReturnRequisition(requisitionID: $0, version: call.body.version, reason: call.body.reason)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
    ]

    private static func open<Body>(
        _ id: RequisitionID?, store: StoreID, scope: OpenRequisition.Scope, strategy: StrategyBody?, _ call: Call<Body>,
        _ transaction: Transaction
    ) throws -> RequisitionSummary {
        let opened = try OpenRequisition(
            requisitionID: id ?? RequisitionID(call.requestID), store: store, scope: scope,
            strategy: try strategy?.strategy() ?? .standard,
            onOrder: try OnOrder(transaction).quantities(for: store, of: call.principal.consortium)
        ).run(in: transaction, by: call.principal, at: call.now)
        return try RequisitionReadings(transaction, for: call.principal).summary(opened.id)
    }

    /// Runs a command on the requisition of the path and answers how it stands afterwards.
    private static func summary<Body>(
        _ call: Call<Body>, _ transaction: Transaction, _ command: (RequisitionID) throws -> Requisition
    ) throws -> RequisitionSummary {
        let requisition = try command(try call.id("requisitionID"))
        return try RequisitionReadings(transaction, for: call.principal).summary(requisition.id)
    }
}

import Postgres
import Primitives
import Requisitions

extension RequisitionsRoutes {
    static let cycles: [Endpoint] = [
        .reading(
            "requisitions.cycles", "/requisition-cycles", tag: tag,
            summary: Phrase("请领周期，结束日晚的在前", "Cycles, the one that ends last first"), roles: insiders,
            query: [
                .choice("state", CycleState.self, Phrase("状态", "Only in this state"))
            ] + .paging, refusals: codes(.cycleUnknown), answer: PageOf<Cycle>.self
        ) { call, transaction in
            let page = try call.page()
            let store = CyclesStore(transaction, call.principal.consortium)
            var after: Cycle?
            if let keys = try page.afterKeys(1) {
                guard let id: CycleID = DocumentID(text: keys[0]) else { throw Cursor.foreign }
                after = try store.cycle(id)
            }
            let found = try store.cycles(state: call.query(choice: "state"), after: after, limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
        .command(
            "requisitions.open-cycle", "/requisition-cycles", tag: tag, summary: Phrase("开立请领周期", "Opens a cycle"),
            roles: deciders, refusals: codes(.cycleInvalid, .cycleExists), creates: true, body: RequisitionCycleBody.self,
            answer: Cycle.self
        ) { call, transaction in
            try OpenCycle(
                cycleID: call.body.cycle ?? CycleID(call.requestID), name: call.body.name, opensOn: call.body.opensOn,
                closesOn: call.body.closesOn
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "requisitions.close-cycle", "/requisition-cycles/{cycleID:uuid}/closure", tag: tag,
            summary: Phrase("关闭请领周期", "Closes a cycle: nothing more is opened or submitted in it"), roles: deciders,
            refusals: codes(.cycleUnknown, .cycleClosed), body: NoBody.self, answer: Cycle.self
        ) { call, transaction in
            try CloseCycle(cycleID: try call.id("cycleID")).run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}

import Audit
import Foundation
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@Suite("The life of a requisition")
struct RequisitionLifeTests {
    @Test("is changed, submitted, returned, submitted again, approved and pooled")
    func wholeLife() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            var requisition = try await world.openEmergencyOf56()
            requisition = try await world.change(
                requisition,
                [
                    .init(product: world.products[1], requested: 60, reason: " 义诊 "),
                    .init(product: world.products[0], requested: 84),
                ])
            #expect(requisition.version == 3)
            var lines = try await world.lines(of: requisition)
            #expect(lines.map(\.requested) == [84, 60] && lines.map(\.reason) == ["抢救", "义诊"])
            requisition = try await world.submit(requisition)
            #expect(requisition.submittedAt == .ofTests)
            requisition = try await world.write { [requisition] transaction in
                try ReturnRequisition(requisitionID: requisition.id, version: requisition.version, reason: "请减量")
                    .run(in: transaction, by: world.officer, at: .ofTests)
            }
            #expect(requisition.state == .returned && requisition.reason == "请减量")
            requisition = try await world.change(requisition, [.init(product: world.products[0], requested: 56)])
            requisition = try await world.submit(requisition)
            requisition = try await world.approve(requisition, [.init(product: world.products[1], approved: 30, reason: "库存够")])
            lines = try await world.lines(of: requisition)
            #expect(lines.map(\.approved) == [56, 30] && lines.map(\.approvalReason) == ["", "库存够"])
            let approved = try await world.read { try ApprovedLines(cycle: nil).read(in: $0, of: world.consortium.id) }
            let expected = lines.map { line in
                ApprovedLine(
                    requisition: requisition.id, line: line.number, facility: world.consortium.townships[0], store: world.store,
                    product: line.product, quantity: line.approved ?? 0)
            }
            #expect(approved == expected)
            try await world.write { [requisition] transaction in
                try MarkRequisitionsPooled([requisition.id]).run(in: transaction, by: world.officer, at: .ofTests)
            }
            #expect(try await world.read { try ApprovedLines(cycle: nil).read(in: $0, of: world.consortium.id) }.isEmpty)
            let actions = try await world.read { [requisition] in
                try AuditTrail($0).events(of: "requisition \(requisition.id)", in: world.consortium.id).map(\.action)
            }
            #expect(
                actions == [
                    "requisitions.open", "requisitions.change-lines", "requisitions.change-lines", "requisitions.submit",
                    "requisitions.return", "requisitions.change-lines", "requisitions.submit", "requisitions.approve",
                    "requisitions.pool",
                ])
            let code = await refusalCode { [requisition] in
                _ = try await world.write { transaction in
                    try CancelRequisition(requisitionID: requisition.id, reason: "太晚").run(
                        in: transaction, by: world.officer, at: .ofTests)
                }
            }
            #expect(code == "requisitions.wrong-state")
        }
    }

    @Test("changes are refused with the nearest whole packs, and by version and state")
    func refusesChanges() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let opened = try await world.openEmergencyOf56()
            let (first, second) = (world.products[0], world.products[1])
            func code(
                _ changes: [ChangeRequisitionLines.Change], id: RequisitionID? = nil, version: Int64? = nil,
                by person: Principal? = nil
            ) async -> String? {
                await refusalCode {
                    _ = try await world.write { transaction in
                        try ChangeRequisitionLines(
                            requisitionID: id ?? opened.id, version: version ?? opened.version, changes: changes
                        ).run(in: transaction, by: person ?? world.keeper, at: .ofTests)
                    }
                }
            }
            #expect(await code([.init(product: first, requested: 100)]) == "requisitions.not-whole-packs")
            #expect(await code([.init(product: first, requested: -28)]) == "requisitions.quantity-invalid")
            #expect(
                await code([.init(product: first, requested: 28), .init(product: first, requested: 0)])
                    == "requisitions.line-repeated")
            #expect(await code([.init(product: ProductID(999_999), requested: 0)]) == "requisitions.not-orderable")
            #expect(await code([.init(product: second, requested: 30)], version: 1) == "requisitions.changed-meanwhile")
            #expect(await code([], id: RequisitionID(UUID())) == "requisitions.requisition-unknown")
            #expect(await code([], by: world.consortium.storekeepers[1]) == "identity.other-facility")
            #expect(try await world.lines(of: opened).map(\.requested) == [56])
            let submitted = try await world.submit(opened)
            #expect(await code([.init(product: second, requested: 30)], version: submitted.version) == "requisitions.wrong-state")
        }
    }

    @Test("is not submitted empty, unexplained, or after its cycle")
    func refusesSubmission() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let opened = try await world.write { transaction in
                try OpenRequisition(
                    requisitionID: RequisitionID(UUID()), store: world.store, scope: .regular(world.cycle.id),
                    expectedRefills: [world.products[0]: 56]
                ).run(in: transaction, by: world.keeper, at: .ofTests)
            }
            let product = world.products[0]
            func submission(of requisition: Requisition) async -> String? {
                await refusalCode { _ = try await world.submit(requisition) }
            }
            var changed = try await world.change(opened, [.init(product: product, requested: 0)])
            #expect(await submission(of: changed) == "requisitions.nothing-requested")
            changed = try await world.change(changed, [.init(product: product, requested: 140)])
            #expect(await submission(of: changed) == "requisitions.deviation-needs-reason")
            changed = try await world.change(changed, [.init(product: product, requested: 112)])
            _ = try await world.write { transaction in
                try CloseCycle(cycleID: world.cycle.id).run(in: transaction, by: world.officer, at: .ofTests)
            }
            #expect(await submission(of: changed) == "requisitions.cycle-closed")
        }
    }

    @Test("is approved only with known lines, whole packs and reasons")
    func refusesApproval() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let submitted = try await world.submit(world.openEmergencyOf56())
            let (first, second) = (world.products[0], world.products[1])
            func code(_ changes: [ApproveRequisition.Change], version: Int64? = nil, by person: Principal? = nil) async -> String?
            {
                await refusalCode {
                    _ = try await world.write { transaction in
                        try ApproveRequisition(requisitionID: submitted.id, version: version, changes: changes)
                            .run(in: transaction, by: person ?? world.officer, at: .ofTests)
                    }
                }
            }
            #expect(await code([.init(product: second, approved: 30, reason: "加")]) == "requisitions.line-unknown")
            #expect(await code([.init(product: first, approved: 30, reason: "减")]) == "requisitions.not-whole-packs")
            #expect(await code([.init(product: first, approved: 28, reason: " ")]) == "requisitions.change-needs-reason")
            let twice = ApproveRequisition.Change(product: first, approved: 28, reason: "减")
            #expect(await code([twice, twice]) == "requisitions.line-repeated")
            #expect(await code([], version: 1) == "requisitions.changed-meanwhile")
            #expect(await code([], by: world.keeper) == "identity.role-missing")
            let missingReason = await refusalCode {
                _ = try await world.write { transaction in
                    try ReturnRequisition(requisitionID: submitted.id, reason: "  ").run(
                        in: transaction, by: world.officer, at: .ofTests)
                }
            }
            #expect(missingReason == "requisitions.reason-missing")
            #expect(await code([.init(product: first, approved: 0, reason: "不批")]) == nil)
            #expect(await code([]) == "requisitions.wrong-state")
            #expect(try await world.read { try ApprovedLines(cycle: nil).read(in: $0, of: world.consortium.id) }.isEmpty)
        }
    }

    @Test("the facility gives it up until it is approved, a supervisor until it is pooled")
    func cancels() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let approved = try await world.approve(world.submit(world.openEmergencyOf56()))
            func cancel(by person: Principal) async -> String? {
                await refusalCode {
                    _ = try await world.write { transaction in
                        try CancelRequisition(requisitionID: approved.id, reason: "不需要").run(
                            in: transaction, by: person, at: .ofTests)
                    }
                }
            }
            #expect(await cancel(by: world.keeper) == "identity.role-missing")
            #expect(await cancel(by: world.officer) == nil)
            #expect(await cancel(by: world.officer) == "requisitions.wrong-state")
        }
    }

    @Test("all requisitions are pooled or none")
    func poolsAllOrNone() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let approved = try await world.approve(world.submit(world.openEmergencyOf56()))
            let draft = try await world.openEmergency([world.products[1]])
            func pool(_ ids: [RequisitionID], by person: Principal? = nil) async -> String? {
                await refusalCode {
                    try await world.write { transaction in
                        try MarkRequisitionsPooled(ids).run(in: transaction, by: person ?? world.officer, at: .ofTests)
                    }
                }
            }
            #expect(await pool([approved.id, draft.id]) == "requisitions.wrong-state")
            #expect(await pool([approved.id, RequisitionID(UUID())]) == "requisitions.requisition-unknown")
            #expect(await pool([approved.id], by: world.keeper) == "identity.role-missing")
            #expect(try await world.read { try ApprovedLines(cycle: nil).read(in: $0, of: world.consortium.id) }.count == 1)
            #expect(await pool([approved.id]) == nil)
        }
    }

    @Test("of an approval and a return at once only one happens")
    func decidesOnce() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let submitted = try await world.submit(world.openEmergencyOf56())
            async let approval = refusalCode { _ = try await world.approve(submitted) }
            async let sentBack = refusalCode {
                _ = try await world.write { transaction in
                    try ReturnRequisition(requisitionID: submitted.id, reason: "重填").run(
                        in: transaction, by: world.officer, at: .ofTests)
                }
            }
            let codes = await [approval, sentBack]
            #expect(codes.count { $0 == nil } == 1)
            #expect(codes.count { $0 == "requisitions.wrong-state" } == 1)
        }
    }
}

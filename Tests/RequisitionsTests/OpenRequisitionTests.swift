import Audit
import Foundation
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@Suite("Opening a requisition")
struct OpenRequisitionTests {
    @Test("fills in every permitted product with its figures and explanation")
    func fillsIn() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            try await world.receive(1_260, of: 0, daysAgo: 91)
            try await world.issue(1_000, of: 0, daysAgo: 60)
            try await world.issue(260, of: 0, daysAgo: 42)
            try await world.receive(300, of: 0, daysAgo: 29)
            let requisition = try await world.write { transaction in
                try OpenRequisition(
                    requisitionID: RequisitionID(UUID()), store: world.store, scope: .regular(world.cycle.id),
                    strategy: .averageMonthlyConsumption(AverageMonthlyConsumption(minimumMonths: 2)),
                    onOrder: [world.products[0]: 500], expectedRefills: [world.products[1]: 60]
                ).run(in: transaction, by: world.keeper, at: .ofTests)
            }
            #expect(requisition.number == "QL-2026-000001")
            #expect(requisition.state == .draft && requisition.kind == .regular && requisition.version == 1)
            let lines = try await world.lines(of: requisition)
            #expect(lines.map(\.number) == [1, 2, 3])
            #expect(Set(lines.map(\.product)) == Set(world.products.dropLast()))
            let first = try #require(lines.first { $0.product == world.products[0] })
            #expect(first.consumed == 1_260 && first.stockOutDays == 12 && first.periodDays == 90)
            #expect(first.position == StockPosition(onHand: 300, inTransit: 0, onOrder: 500))
            #expect(first.suggestion.quantity == 672 && first.requested == 672 && first.approved == nil)
            #expect(
                first.suggestion.explanation.chinese
                    == "近90天消耗1,260片，缺货12天，月均485片；现有300片、在途0、在订500，补至3个月需655片，按28片/盒进为672片。")
            let refilled = try #require(lines.first { $0.product == world.products[1] })
            #expect(refilled.expectedRefills == 60 && refilled.requested == 60 && refilled.packSize == 30)
            let events = try await world.read {
                try AuditTrail($0).events(of: "requisition \(requisition.id)", in: world.consortium.id)
            }
            #expect(events.map(\.action) == ["requisitions.open"])
        }
    }

    @Test("shows what the store has outside the formulary, and suggests none of it")
    func showsWhatIsNotPermitted() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            try await world.receive(100, of: 3, daysAgo: 91)
            try await world.issue(90, of: 3, daysAgo: 10)
            let requisition = try await world.write { transaction in
                try OpenRequisition(requisitionID: RequisitionID(UUID()), store: world.store, scope: .regular(world.cycle.id))
                    .run(in: transaction, by: world.keeper, at: .ofTests)
            }
            let line = try #require(try await world.lines(of: requisition).first { $0.product == world.products[3] })
            #expect(line.consumed == 90 && line.suggestion.quantity == 0)
            #expect(line.suggestion.explanation.chinese.contains("不在本级机构现行用药目录内"))
            #expect(
                await refusalCode { _ = try await world.change(requisition, [.init(product: line.product, requested: 10)]) }
                    == "formulary.product-not-in-formulary")
        }
    }

    @Test("counts what other requisitions of the store have approved as on order")
    func countsApproved() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let emergency = try await world.approve(world.submit(world.openEmergencyOf56()))
            #expect(emergency.state == .approved)
            let line = try #require(try await world.lines(of: world.openEmergency([world.products[0]])).first)
            #expect(line.position.onOrder == 56)
        }
    }

    @Test("takes the pack that costs least per base unit")
    func takesTheCheapestPack() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            try await database.owner.write { transaction in
                for (size, price, isWithdrawn) in [(100, 200_000, false), (7, 1, true), (14, nil, false)]
                    as [(Int64, Int64?, Bool)]
                {
                    try transaction.execute(
                        """
                        INSERT INTO formulary.article (product_id, pack_size, pack_unit, pack_text, reference_price, withdrawn_on)
                        VALUES (\(world.products[0]), \(size), '瓶', \("\(size)"), \(price),
                                CASE WHEN \(isWithdrawn) THEN DATE '2026-01-01' END)
                        """)
                }
            }
            let lines = try await world.lines(of: world.openEmergency([world.products[0]]))
            #expect(lines.map(\.packSize) == [100])
        }
    }

    @Test("a store asks once in a cycle, unless what it asked was cancelled")
    func asksOnce() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let open = { @Sendable () async throws -> Requisition in
                try await world.write { transaction in
                    try OpenRequisition(
                        requisitionID: RequisitionID(UUID()), store: world.store, scope: .regular(world.cycle.id),
                        expectedRefills: [world.products[0]: 28]
                    ).run(in: transaction, by: world.keeper, at: .ofTests)
                }
            }
            let first = try await open()
            #expect(await refusalCode { _ = try await open() } == "requisitions.already-open-in-cycle")
            _ = try await world.write { transaction in
                try CancelRequisition(requisitionID: first.id, version: first.version, reason: "重开")
                    .run(in: transaction, by: world.keeper, at: .ofTests)
            }
            let second = try await open()
            #expect(second.number > first.number)
        }
    }

    @Test("of many at once in one cycle only one is opened")
    func opensOneOfMany() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let codes = await withTaskGroup(of: String?.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        await refusalCode {
                            _ = try await world.write { transaction in
                                try OpenRequisition(
                                    requisitionID: RequisitionID(UUID()), store: world.store, scope: .regular(world.cycle.id)
                                ).run(in: transaction, by: world.keeper, at: .ofTests)
                            }
                        }
                    }
                }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(codes.count { $0 == nil } == 1)
            #expect(codes.count { $0 == "requisitions.already-open-in-cycle" } == 5)
        }
    }

    @Test("refuses what it cannot open, and nothing has happened")
    func refuses() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let opened = try await world.openEmergency([world.products[0]])
            let unorderable = try await database.owner.write { transaction in
                try transaction.execute(
                    "UPDATE formulary.article SET withdrawn_on = '2026-01-01' WHERE product_id = \(world.products[2])")
                return world.products[2]
            }
            func code(
                _ scope: OpenRequisition.Scope, id: RequisitionID = RequisitionID(UUID()), store: StoreID? = nil,
                strategy: ReplenishmentStrategy = .standard, onOrder: [ProductID: BaseUnits] = [:], by person: Principal? = nil,
                at now: Instant = .ofTests
            ) async -> String? {
                await refusalCode {
                    _ = try await world.write { transaction in
                        try OpenRequisition(
                            requisitionID: id, store: store ?? world.store, scope: scope, strategy: strategy, onOrder: onOrder
                        ).run(in: transaction, by: person ?? world.keeper, at: now)
                    }
                }
            }
            let product = world.products[0]
            #expect(await code(.emergency([product]), id: opened.id) == "requisitions.requisition-exists")
            #expect(await code(.emergency([])) == "requisitions.nothing-chosen")
            #expect(await code(.emergency([product, product])) == "requisitions.line-repeated")
            #expect(await code(.emergency([unorderable])) == "requisitions.not-orderable")
            #expect(await code(.emergency([world.products[3]])) == "formulary.product-not-in-formulary")
            #expect(await code(.emergency([ProductID(999_999)])) == "formulary.product-unknown")
            #expect(await code(.emergency([product]), onOrder: [product: -1]) == "requisitions.quantity-invalid")
            #expect(
                await code(.emergency([product]), strategy: .reorderPoint(ReorderPoint(leadTimeDays: 0)))
                    == "requisitions.strategy-invalid")
            #expect(await code(.regular(CycleID(UUID()))) == "requisitions.cycle-unknown")
            #expect(
                await code(.regular(world.cycle.id), at: .ofTests.adding(.seconds(86_400 * 10))) == "requisitions.cycle-closed")
            #expect(await code(.regular(world.cycle.id), at: .ofTests.adding(.seconds(-86_400))) == "requisitions.cycle-closed")
            #expect(await code(.emergency([product]), store: StoreID(999_999)) == "parties.store-unknown")
            #expect(await code(.emergency([product]), by: world.consortium.storekeepers[1]) == "identity.other-facility")
            #expect(await code(.emergency([product]), by: world.consortium.seller) == "identity.role-missing")
            let counts = try await world.read { try RequisitionReadings($0, for: world.keeper).counts(RequisitionFilter()) }
            #expect(counts.map(\.count).reduce(0, +) == 1)
        }
    }
}

import Audit
import Foundation
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@Suite("Shortage reports")
struct ShortageTests {
    private static func report(
        _ world: RequisitionWorld, id: ShortageID = ShortageID(UUID()), facility: FacilityID? = nil, product: ProductID? = nil,
        name: String? = nil, quantity: BaseUnits = 7, at now: Instant = .ofTests
    ) async throws -> ShortageReport {
        try await world.write { transaction in
            try ReportShortage(
                shortageID: id, facility: facility ?? world.consortium.townships[0], product: product, describedName: name,
                quantity: quantity, reason: "慢病续方"
            ).run(in: transaction, by: world.keeper, at: now)
        }
    }

    private static func advance(
        _ report: ShortageReport, _ transition: ShortageTransition, reason: String? = nil, in world: RequisitionWorld
    ) async throws -> ShortageReport {
        try await world.write { transaction in
            try AdvanceShortage(shortageID: report.id, transition: transition, reason: reason)
                .run(in: transaction, by: world.keeper, at: .ofTests.adding(.seconds(60)))
        }
    }

    @Test("go from registered to collected, each step with its time")
    func goThePath() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            var report = try await Self.report(world, product: world.products[0])
            #expect(report.number == "QY-2026-000001" && report.state == .registered)
            for transition in [ShortageTransition.purchase, .deliver, .collect] {
                report = try await Self.advance(report, transition, in: world)
            }
            #expect(report.state == .collected && report.endedAt == .ofTests.adding(.seconds(60)) && report.reason == "慢病续方")
            let again = await refusalCode { [report] in _ = try await Self.advance(report, .cancel, reason: "晚", in: world) }
            #expect(again == "requisitions.shortage-wrong-state")
        }
    }

    @Test("leave by the side with a reason")
    func leaveByTheSide() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let report = try await Self.report(world, name: " 某进口药 ")
            #expect(report.describedName == "某进口药" && report.product == nil)
            #expect(await refusalCode { _ = try await Self.advance(report, .cancel, in: world) } == "requisitions.reason-missing")
            let cancelled = try await Self.advance(report, .cancel, reason: "病人转院", in: world)
            #expect(cancelled.state == .cancelled && cancelled.reason == "病人转院")
            var missed = try await Self.report(world, product: world.products[0])
            for transition in [ShortageTransition.purchase, .deliver] {
                missed = try await Self.advance(missed, transition, in: world)
            }
            missed = try await Self.advance(missed, .missCollection, reason: "未来取", in: world)
            #expect(missed.state == .noShow)
        }
    }

    @Test("name one thing, a quantity and a facility of one's own")
    func refuse() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let known = try await Self.report(world, name: "某药")
            let product = world.products[0]
            #expect(await refusalCode { _ = try await Self.report(world) } == "requisitions.shortage-names-nothing")
            #expect(
                await refusalCode { _ = try await Self.report(world, product: product, name: "某药") }
                    == "requisitions.shortage-names-nothing")
            #expect(
                await refusalCode { _ = try await Self.report(world, product: product, quantity: 0) }
                    == "requisitions.quantity-invalid")
            #expect(
                await refusalCode { _ = try await Self.report(world, product: ProductID(999_999)) } == "formulary.product-unknown"
            )
            #expect(
                await refusalCode { _ = try await Self.report(world, id: known.id, name: "某药") } == "requisitions.shortage-exists"
            )
            #expect(
                await refusalCode { _ = try await Self.report(world, facility: world.consortium.townships[1], name: "某药") }
                    == "identity.other-facility")
            let unknown = await refusalCode {
                _ = try await world.write { transaction in
                    try AdvanceShortage(shortageID: ShortageID(UUID()), transition: .purchase)
                        .run(in: transaction, by: world.keeper, at: .ofTests)
                }
            }
            #expect(unknown == "requisitions.shortage-unknown")
        }
    }

    @Test("are listed page by page, a facility's own people seeing that facility's")
    func areListed() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            var reports: [ShortageReport] = []
            for second in 0..<3 {
                reports.append(try await Self.report(world, name: "某药\(second)", at: .ofTests.adding(.seconds(second))))
            }
            let made = reports
            let (pages, elsewhere, whole) = try await world.read { transaction in
                let store = ShortagesStore(transaction, world.consortium.id)
                let first = try store.reports(for: world.keeper, state: .registered, limit: 2)
                let second = try store.reports(for: world.keeper, after: first.last?.cursor, limit: 2)
                let elsewhere = try store.reports(for: world.consortium.storekeepers[1], limit: 9)
                return try (first + second, elsewhere, store.reports(for: world.officer, limit: 9))
            }
            #expect(pages == made.reversed() && whole == pages && elsewhere.isEmpty)
            let code = await refusalCode {
                _ = try await world.read {
                    try ShortagesStore($0, world.consortium.id).reports(for: world.consortium.seller, limit: 1)
                }
            }
            #expect(code == "identity.role-missing")
        }
    }
}

import Foundation
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@Suite("Reading requisitions")
struct RequisitionReadingsTests {
    @Test("lists them page by page, newest first, and counts them by state")
    func lists() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            var opened: [Requisition] = []
            for second in 0..<5 {
                opened.append(try await world.openEmergency([world.products[second % 2]], at: .ofTests.adding(.seconds(second))))
            }
            _ = try await world.write { [opened] transaction in
                try CancelRequisition(requisitionID: opened[0].id, reason: "误开").run(
                    in: transaction, by: world.keeper, at: .ofTests)
            }
            let listed = try await world.read { transaction in
                let readings = RequisitionReadings(transaction, for: world.keeper)
                var listed: [RequisitionSummary] = []
                while true {
                    let cursor = listed.last.flatMap { RequisitionCursor(keys: $0.cursor.keys) }
                    let page = try readings.list(RequisitionFilter(), after: cursor, limit: 2)
                    listed += page
                    guard page.count == 2 else { return listed }
                }
            }
            #expect(listed.map(\.id) == opened.reversed().map(\.id))
            #expect(listed.first?.storeName == "1号药房" && listed.first?.facilityName == "一镇卫生院")
            let (drafts, ofCycle, counts) = try await world.read { transaction in
                let readings = RequisitionReadings(transaction, for: world.officer)
                return try (
                    readings.list(RequisitionFilter(state: .draft, kind: .emergency), limit: 9),
                    readings.list(RequisitionFilter(cycle: world.cycle.id), limit: 9),
                    readings.counts(RequisitionFilter(facility: world.consortium.townships[0]))
                )
            }
            #expect(drafts.count == 4 && ofCycle.isEmpty)
            #expect(counts.map(\.state) == RequisitionState.allCases)
            #expect(counts.map(\.count) == [4, 0, 0, 0, 0, 1])
        }
    }

    @Test("reads one with its lines and their names")
    func readsOne() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let opened = try await world.openEmergencyOf56()
            let reading = try await world.read { try RequisitionReadings($0, for: world.keeper).requisition(opened.id) }
            #expect(reading.requisition == opened && reading.summary.version == 2)
            #expect(reading.lines.map(\.genericName) == ["阿莫西林胶囊"] && reading.lines.map(\.requested) == [56])
        }
    }

    @Test("keeps a facility's requisitions from other facilities, suppliers and other consortia")
    func keepsThemApart() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            let other = try await RequisitionWorld.make(in: database, code: "other")
            let opened = try await world.openEmergencyOf56()
            func code(_ person: Principal) async -> String? {
                await refusalCode {
                    _ = try await database.application.read(as: person.tenant) {
                        try RequisitionReadings($0, for: person).requisition(opened.id)
                    }
                }
            }
            #expect(await code(world.consortium.storekeepers[1]) == "identity.other-facility")
            #expect(await code(world.consortium.seller) == "identity.role-missing")
            #expect(await code(other.officer) == "requisitions.requisition-unknown")
            let others = try await world.read { transaction in
                try RequisitionReadings(transaction, for: world.consortium.storekeepers[1]).list(RequisitionFilter(), limit: 9)
            }
            #expect(others.isEmpty)
            let code2 = await refusalCode {
                _ = try await world.read {
                    try RequisitionReadings($0, for: world.keeper).counts(RequisitionFilter(facility: world.consortium.hospital))
                }
            }
            #expect(code2 == "identity.other-facility")
        }
    }
}

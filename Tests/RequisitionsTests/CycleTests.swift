import Foundation
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@Suite("Cycles")
struct CycleTests {
    @Test("are opened, listed and closed once")
    func areOpenedAndClosed() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            #expect(world.cycle.number == "ZQ-2026-000001")
            let later = try await world.write { transaction in
                try OpenCycle(
                    cycleID: CycleID(UUID()), name: " 下月 ", opensOn: world.cycle.closesOn,
                    closesOn: world.cycle.closesOn.adding(days: 30)
                ).run(in: transaction, by: world.officer, at: .ofTests)
            }
            #expect(later.name == "下月")
            let pages = try await world.read { transaction in
                let store = CyclesStore(transaction, world.consortium.id)
                let first = try store.cycles(state: .open, after: nil, limit: 1)
                return try [first, store.cycles(state: .open, after: first.last, limit: 5)]
            }
            #expect(pages == [[later], [world.cycle]])
            let close = { @Sendable () async throws -> Cycle in
                try await world.write { transaction in
                    try CloseCycle(cycleID: later.id).run(in: transaction, by: world.officer, at: .ofTests)
                }
            }
            let closed = try await close()
            #expect(closed.state == .closed && closed.closedAt == .ofTests)
            #expect(try await world.read { try CyclesStore($0, world.consortium.id).cycle(later.id) } == closed)
            #expect(await refusalCode { _ = try await close() } == "requisitions.cycle-closed")
        }
    }

    @Test("need a name, a first day before the last, a new id and a procurement officer")
    func refuse() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database)
            func code(name: String = "周期", days: Int = 0, id: CycleID = CycleID(UUID()), by person: Principal? = nil) async
                -> String?
            {
                await refusalCode {
                    _ = try await world.write { transaction in
                        try OpenCycle(
                            cycleID: id, name: name, opensOn: world.cycle.opensOn,
                            closesOn: world.cycle.opensOn.adding(days: days)
                        ).run(in: transaction, by: person ?? world.officer, at: .ofTests)
                    }
                }
            }
            #expect(await code(name: "  ") == "requisitions.cycle-invalid")
            #expect(await code(days: -1) == "requisitions.cycle-invalid")
            #expect(await code(id: world.cycle.id) == "requisitions.cycle-exists")
            #expect(await code(by: world.keeper) == "identity.role-missing")
            #expect(await code() == nil)
        }
    }
}

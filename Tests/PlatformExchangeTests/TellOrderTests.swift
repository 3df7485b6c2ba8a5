import Outbox
import PlatformExchange
import PlatformMessages
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Orders that platforms are told of")
struct TellOrderTests {
    @Test("a sent order is two messages of one document, with its lines")
    func sent() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let order = try await bench.order()
            let messages = try await bench.messages()
            #expect(messages.map(\.kind) == ["create-order", "send-order"])
            #expect(messages.map(\.businessKey) == ["\(order.order.number)/create-order", "\(order.order.number)/send-order"])
            #expect(
                messages.allSatisfy {
                    $0.document == OutboxDocument(at: "zhejiang-drugs", key: order.order.number) && $0.state == .pending
                })
            let lines = try await database.owner.read {
                try $0.query("SELECT line_number, packs, state FROM platform_exchange.placed_line ORDER BY line_number") {
                    "\(try $0["line_number"] as Int) \(try $0["packs"] as Int) \(try $0["state"] as String)"
                }
            }
            #expect(lines == ["1 10 pending", "2 6 pending"])
        }
    }

    @Test("nobody is told where the account is closed or buys other goods")
    func untold() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            try await bench.register(address: "http://127.0.0.1:9", isActive: false)
            try await bench.order()
            #expect(try await bench.messages().isEmpty)
        }
    }

    @Test("an order that is not sent after all is not told")
    func together() async throws {
        struct Undone: Error {}
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let order = try await bench.order()
            await #expect(throws: Undone.self) {
                try await bench.write { transaction in
                    try TellCancelledOrder(order).run(in: transaction, for: bench.consortium.id, at: .ofTests)
                    throw Undone()
                }
            }
            #expect(try await bench.messages().count == 2)
        }
    }

    @Test("a cancelled order is told where it was told of")
    func cancelled() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let order = try await bench.order()
            let told = try await bench.write { try TellCancelledOrder(order).run(in: $0, for: bench.consortium.id, at: .ofTests) }
            #expect(told.count == 1)
            #expect(try await bench.messages().map(\.kind) == ["create-order", "send-order", "void-order"])
        }
    }

    @Test("what was delivered is not voided, and what was changed after it was sent is written down")
    func differences() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let order = try await bench.order()
            let id = bench.consortium.id
            try await bench.write { transaction in
                try transaction.execute(
                    """
                    UPDATE platform_exchange.placed_line SET platform_line = 'L' || line_number, state = 'accepted'
                     WHERE consortium_id = \(id)
                    """)
                try TakeDeliveries(
                    platform: "zhejiang-drugs",
                    lines: [
                        PlatformDeliveryLine(
                            deliveryLine: "D1", platformOrderLine: "L1", note: "N1", supplier: "S", product: "XN00000000000",
                            batch: "B",
                            expiresOn: Instant.ofTests.businessDay.adding(days: 400), packs: 2)
                    ]
                ).run(in: transaction, for: id, at: .ofTests)
            }
            #expect(try await bench.write { try TellCancelledOrder(order).run(in: $0, for: id, at: .ofTests) }.isEmpty)
            try await bench.write { try NoteChangedOrder(order).run(in: $0, for: id, at: .ofTests) }
            let open = try await bench.database.application.read(as: id.tenant) {
                try ExchangeReadings($0, of: id).differences(at: "zhejiang-drugs", limit: 10)
            }
            #expect(open.map(\.kind) == [.state, .quantity] && open.allSatisfy { $0.subject == "order \(order.order.number)" })
        }
    }
}

import Foundation
import PooledProcurement
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing
import Web

@Suite("Pools and purchase orders over HTTP")
struct PooledProcurementRouteTests {
    private func withOrders(
        _ body: @escaping @Sendable (ServedWeb, SmallConsortium, SmallConsortium, CycleID) async throws -> Void
    ) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let people = [small.officer, small.seller, other.officer, other.seller] + small.storekeepers
            let cycle = try await Self.approveRequisition(small, in: database.owner)
            try await withServer(PooledProcurementRoutes.endpoints, on: database.application, people: people) { web in
                try await body(web, small, other, cycle)
            }
        }
    }

    /// A cycle with one approved requisition for 30 of the first product.
    private static func approveRequisition(_ small: SmallConsortium, in owner: Database) async throws -> CycleID {
        let (cycle, requisition, now) = (CycleID(UUID()), RequisitionID(UUID()), Instant.ofTests)
        let strategy = JSONText(String(decoding: try JSONEncoder().encode(ReplenishmentStrategy.standard), as: UTF8.self))
        try await owner.write { transaction in
            try transaction.execute(
                """
                INSERT INTO requisitions.cycle (consortium_id, cycle_id, number, name, opens_on, closes_on, state, opened_at)
                VALUES (\(small.id), \(cycle), 'ZQ-1', '测试周期', \(now.businessDay), \(now.businessDay), 'open', \(now))
                """)
            try transaction.execute(
                """
                INSERT INTO requisitions.requisition (
                    consortium_id, requisition_id, number, facility_id, store_id, cycle_id, kind, strategy, state, opened_at,
                    opened_by_id, submitted_at, decided_at, decided_by_id)
                VALUES (\(small.id), \(requisition), 'QL-1', \(small.townships[0]), \(small.pharmacies[0]), \(cycle), 'regular',
                        \(strategy), 'approved', \(now), 1, \(now), \(now), 1)
                """)
            try transaction.execute(
                """
                INSERT INTO requisitions.requisition_line (
                    consortium_id, requisition_id, line_number, product_id, pack_size, on_hand, in_transit, on_order,
                    expected_refills, consumed, period_days, stock_out_days, suggested, requested, approved, explanation_zh,
                    explanation_en)
                VALUES (\(small.id), \(requisition), 1, \(small.products[0]), 1, 0, 0, 0, 0, 0, 30, 0, 30, 30, 30, '', '')
                """)
        }
        return cycle
    }

    private static func order(_ small: SmallConsortium, packs: String = "10", price: String = "12.50", store: Int = 0) -> String {
        """
        {"company":\(small.supplier),"facility":\(small.townships[0]),"store":\(small.pharmacies[store]),"reason":"应急","lines":[
         {"article":\(small.articles[0]),"packs":\(packs),"packPrice":"\(price)","route":"emergency"}]}
        """
    }

    @Test("a cycle is pooled and tendered, and taken apart again")
    func pools() async throws {
        try await withOrders { web, small, other, cycle in
            let body = try JSONValue(parsing: #"{"cycle":"\#(cycle)"}"#)
            let pool = try await web.post("/api/v1/pools", body, as: small.officer)
            #expect(pool.status == 201 && pool.json["state"] == .string("open"), "\(pool.text)")
            let path = "/api/v1/pools/\(try #require(pool.json["id"]?.string))"
            #expect(try await web.post("/api/v1/pools", body, as: small.officer).code == "pooled-procurement.nothing-to-pool")
            #expect(try await web.get(path, as: small.officer).json["number"]?.string?.hasPrefix("HC-") == true)
            #expect(try await web.get(path, as: other.officer).code == "pooled-procurement.pool-unknown")
            #expect(try await web.get("/api/v1/pools?cycle=\(cycle)", as: small.officer).json["items"]?[0] != nil)
            #expect(try await web.get("\(path)/lines", as: small.officer).json["items"]?[0]?["quantity"] == 30)
            let shares = try await web.get("\(path)/lines/\(small.products[0])/shares?limit=1", as: small.officer)
            #expect(shares.json["items"]?[0]?["requisitionLine"] == 1, "\(shares.text)")
            let onOrder = try await web.get("/api/v1/stores/\(small.pharmacies[0])/on-order", as: small.storekeepers[0])
            #expect(onOrder.json["items"]?[0]?["quantity"] == 30)
            #expect(
                try await web.get("/api/v1/stores/\(small.pharmacies[0])/on-order", as: small.storekeepers[1]).code
                    == "identity.other-facility")
            let tender = try await web.post(
                "\(path)/tenders",
                JSONValue(
                    parsing: """
                        {"title":"第四季度","bidsCloseAt":"2100-01-01T00:00:00Z","opensAt":"2100-01-01T00:00:00Z","lines":[],
                         "ceilingBasis":"cheapest"}
                        """), as: small.officer)
            #expect(tender.status == 201, "\(tender.text)")
            let order = try JSONValue(parsing: #"{"tender":"\#(try #require(tender.json["id"]?.string))"}"#)
            #expect(try await web.post("\(path)/orders", order, as: small.officer).code == "tendering.wrong-state")
            let closed = try await web.post("\(path)/closure", JSONValue(parsing: #"{"reason":"完成"}"#), as: small.officer)
            #expect(closed.json["state"] == .string("closed"))
        }
    }

    @Test("an order is made, approved, sent, confirmed, changed and closed")
    func orders() async throws {
        try await withOrders { web, small, _, _ in
            let made = try await web.send("POST", "/api/v1/purchase-orders", as: small.officer, text: Self.order(small))
            #expect(made.status == 201 && made.json["amount"] == .string("125.00"), "\(made.text)")
            let path = "/api/v1/purchase-orders/\(try #require(made.json["order"]?["id"]?.string))"
            #expect(try await web.get(path, as: small.seller).code == "pooled-procurement.order-unknown")
            let stale = try await web.post("\(path)/approval", JSONValue(parsing: #"{"version":7}"#), as: small.officer)
            #expect(stale.status == 409 && stale.code == "pooled-procurement.changed-meanwhile")
            #expect(
                try await web.post("\(path)/approval", JSONValue(parsing: #"{"version":1}"#), as: small.officer).status == 200)
            #expect(try await web.post("\(path)/dispatch", as: small.officer).json["order"]?["state"] == .string("sent"))
            let confirmed = try await web.post(
                "\(path)/confirmation",
                JSONValue(parsing: #"{"lines":[{"line":1,"packs":8,"reason":"缺货"}],"expectedOn":"2026-12-01"}"#), as: small.seller
            )
            #expect(confirmed.json["lines"]?[0]?["packsOpen"] == 8, "\(confirmed.text)")
            let changed = try await web.post(
                "\(path)/changes", JSONValue(parsing: #"{"changes":[{"line":1,"packs":12}],"reason":"补货","agreedWith":"张经理"}"#),
                as: small.officer)
            #expect(changed.json["lines"]?[0]?["packsOpen"] == 10, "\(changed.text)")
            #expect(try await web.get("\(path)/changes", as: small.officer).json["items"]?[0]?["packsAfter"] == 12)
            #expect(try await web.get("\(path)/shares", as: small.officer).json["items"] == .array([]))
            #expect(
                try await web.post("\(path)/closure", JSONValue(parsing: #"{"reason":"停产"}"#), as: small.officer).status == 200)
            let again = try await web.post("\(path)/cancellation", JSONValue(parsing: #"{"reason":"停产"}"#), as: small.officer)
            #expect(again.status == 409 && again.code == "pooled-procurement.order-wrong-state")
            let list = try await web.get("/api/v1/purchase-orders?state=closed&company=\(small.supplier)", as: small.seller)
            #expect(list.json["items"]?[0]?["lineCount"] == 1, "\(list.text)")
            let counts = try await web.get("/api/v1/purchase-order-counts", as: small.officer)
            #expect(counts.json["items"]?[6]?["count"] == 1, "\(counts.text)")
        }
    }

    @Test("bad input is refused with a reason and changes nothing")
    func badInput() async throws {
        try await withOrders { web, small, other, cycle in
            let orders = "/api/v1/purchase-orders"
            let made = try await web.send("POST", orders, as: small.officer, text: Self.order(small))
            let path = "\(orders)/\(try #require(made.json["order"]?["id"]?.string))"
            let cases: [(path: String, by: Principal, body: String, status: Int, code: String)] = [
                (orders, small.officer, "{", 400, "http.malformed-json"),
                (orders, small.officer, #"{"extra":1}"#, 400, "http.unknown-field"),
                (orders, small.officer, #"{"reason":"x"}"#, 400, "http.missing-field"),
                (orders, small.officer, Self.order(small, packs: "1.5"), 400, "http.wrong-type"),
                (orders, small.officer, Self.order(small, packs: "99999999999999999999"), 400, "http.wrong-type"),
                (orders, small.officer, Self.order(small, packs: "-1"), 422, "pooled-procurement.quantity-invalid"),
                (
                    orders, small.officer, Self.order(small, packs: "9223372036854775807"), 422,
                    "pooled-procurement.quantity-invalid"
                ),
                (orders, small.officer, Self.order(small, price: "-1"), 422, "pooled-procurement.price-invalid"),
                (orders, small.officer, Self.order(small, store: 1), 422, "pooled-procurement.store-not-of-facility"),
                (orders, other.officer, Self.order(small), 404, "parties.facility-unknown"),
                (orders, small.seller, Self.order(small), 403, "http.forbidden-role"),
                ("\(path)/approval", other.officer, "{}", 404, "pooled-procurement.order-unknown"),
                ("\(path)/dispatch", small.officer, "{}", 409, "pooled-procurement.order-wrong-state"),
                ("\(path)/confirmation", small.seller, #"{"lines":[]}"#, 404, "pooled-procurement.order-unknown"),
                ("\(path)/cancellation", small.officer, #"{"reason":""}"#, 422, "pooled-procurement.reason-missing"),
                (
                    "\(path)/changes", small.officer, #"{"changes":[{"line":1,"packs":-5}],"reason":"x"}"#, 422,
                    "pooled-procurement.quantity-invalid"
                ),
                ("\(orders)/nothing/approval", small.officer, "{}", 400, "http.bad-path-id"),
                ("/api/v1/pools", other.officer, #"{"cycle":"\#(cycle)"}"#, 409, "pooled-procurement.nothing-to-pool"),
                ("/api/v1/pools", small.storekeepers[0], #"{"cycle":"\#(cycle)"}"#, 403, "http.forbidden-role"),
            ]
            for bad in cases {
                let answer = try await web.send("POST", bad.path, as: bad.by, text: bad.body)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad): \(answer.text)")
            }
            #expect(try await web.get(path, as: small.officer).json == made.json)
            #expect(try await web.get("\(orders)?limit=1", as: small.officer).json["next"] == nil, "one order, as before")
            let foreign = try await web.get("/api/v1/pools/\(UUID())/lines/1/shares?after=WyIxIl0", as: small.officer)
            #expect(foreign.status == 400 && foreign.code == "http.bad-query")
        }
    }

    @Test("a repeated order is one order; with another body it is refused")
    func repeats() async throws {
        try await withOrders { web, small, _, _ in
            let request = UUID()
            let path = "/api/v1/purchase-orders"
            let first = try await web.send("POST", path, as: small.officer, text: Self.order(small), requestID: request)
            let second = try await web.send("POST", path, as: small.officer, text: Self.order(small), requestID: request)
            #expect(first.text == second.text && second.isReplay && !first.isReplay)
            let reused = try await web.send(
                "POST", path, as: small.officer, text: Self.order(small, packs: "11"), requestID: request)
            #expect(reused.status == 409 && reused.code == "commands.request-id-reused")
            let list = try await web.get(path, as: small.officer)
            #expect(list.json["items"]?[0]?["packsOpen"] == 10 && list.json["items"]?[1] == nil)
        }
    }
}

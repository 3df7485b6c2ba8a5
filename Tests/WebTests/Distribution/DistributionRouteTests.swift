import Distribution
import Foundation
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("Shipments and receipts over HTTP")
struct DistributionRouteTests {
    struct World: Sendable {
        let web: ServedWeb
        let small: SmallConsortium
        let other: SmallConsortium
        /// Ten packs of the first article for the first township, with its supplier.
        let order: OrderID

        var keeper: Principal { small.storekeepers[0] }

        func shipment(packs: String = "6", note: String = "SN-1", order: OrderID? = nil, extra: String = "") -> String {
            """
            {"order":"\(order ?? self.order)","deliveryNote":"\(note)","shippedOn":"2026-11-20","expectedOn":"2026-11-21"\(extra),\
            "lines":[{"orderLine":1,"article":\(small.articles[0]),"batchNumber":"B1","expiresOn":"2028-01-31","packs":\(packs)}]}
            """
        }

        func receipt(delivered: String = "6", accepted: String = "6", extra: String = "") -> String {
            #"{"lines":[{"shipmentLine":1,"delivered":\#(delivered),"accepted":\#(accepted)\#(extra)}]}"#
        }

        func send(_ path: String, _ body: String, as person: Principal, _ request: UUID = UUID()) async throws -> Answer {
            try await web.send("POST", "/api/v1\(path)", as: person, text: body, requestID: request)
        }

        func announced(_ body: String? = nil) async throws -> String {
            let answer = try await send("/shipments", body ?? shipment(), as: small.seller)
            #expect(answer.status == 201)
            return try #require(answer.json["id"]?.string)
        }
    }

    private func withWorld(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let order = OrderID(UUID())
            try await database.application.write(as: small.id.tenant) { transaction in
                let terms = OrderLineTerms(
                    article: small.articles[0], packs: 10, packPrice: Money(tenThousandths: 125_000), route: .emergency)
                _ = try CreateOrder(
                    id: order, company: small.supplier, facility: small.townships[0], store: small.pharmacies[0], lines: [terms],
                    reason: "急用"
                ).run(in: transaction, by: small.officer, at: .ofTests)
                _ = try ApproveOrder(order: order).run(in: transaction, by: small.officer, at: .ofTests)
                _ = try SendOrder(order: order).run(in: transaction, by: small.officer, at: .ofTests)
            }
            let people = [small.officer, small.seller, other.officer, other.seller] + small.storekeepers
            try await withServer(DistributionRoutes.endpoints, on: database.application, people: people) { web in
                try await body(World(web: web, small: small, other: other, order: order))
            }
        }
    }

    @Test("a shipment is announced, seen by the store, received in part, and counted for the supplier")
    func mainPath() async throws {
        try await withWorld { world in
            let id = try await world.announced()
            let store = world.small.pharmacies[0]
            let waiting = try await world.web.get("/api/v1/stores/\(store)/shipments-to-receive?limit=1", as: world.keeper)
            #expect(waiting.json["items"]?[0]?["id"]?.string == id)
            let received = try await world.send(
                "/shipments/\(id)/receipt", world.receipt(delivered: "5", accepted: "4", extra: #","reason":"damaged""#),
                as: world.keeper)
            #expect(received.status == 201 && received.json["lines"]?[0]?["short"] == 1)
            let receipt = try #require(received.json["id"]?.string)
            #expect(
                try await world.web.get("/api/v1/goods-receipts/\(receipt)", as: world.small.seller).json["id"]?.string == receipt
            )
            #expect(try await world.web.get("/api/v1/shipments/\(id)", as: world.keeper).json["state"]?.string == "received")
            let ofOrder = try await world.web.get("/api/v1/purchase-orders/\(world.order)/shipments", as: world.small.officer)
            #expect(ofOrder.json["items"]?[0]?["id"]?.string == id)
            let performance = try await world.web.get(
                "/api/v1/delivery-performance?from=2026-11-01&through=2026-11-30", as: world.small.officer)
            #expect(performance.json["items"]?[0]?["accepted"] == 4 && performance.json["items"]?[0]?["rejected"] == 1)
            let again = try await world.send("/shipments/\(id)/receipt", world.receipt(), as: world.keeper)
            #expect(again.status == 409 && again.code == "distribution.already-received")
            let next = try await world.announced(world.shipment(packs: "6", note: "SN-2"))
            let cancelled = try await world.send("/shipments/\(next)/cancellation", #"{"reason":"车辆故障"}"#, as: world.small.seller)
            #expect(cancelled.json["state"]?.string == "cancelled")
        }
    }

    @Test("bad input is refused with a reason and changes nothing")
    func badInput() async throws {
        try await withWorld { world in
            let id = try await world.announced()
            let receipt = "/shipments/\(id)/receipt"
            func announce(_ body: String, _ status: Int, _ code: String) -> (String, String, Principal, Int, String) {
                ("/shipments", body, world.small.seller, status, code)
            }
            func receive(_ body: String, _ status: Int, _ code: String) -> (String, String, Principal, Int, String) {
                (receipt, body, world.keeper, status, code)
            }
            let cases: [(path: String, body: String, person: Principal, status: Int, code: String)] = [
                announce("[", 400, "http.malformed-json"),
                announce(world.shipment(extra: #","lorry":1"#), 400, "http.unknown-field"),
                announce(#"{"deliveryNote":"x"}"#, 400, "http.missing-field"),
                announce(world.shipment(packs: "-1", note: "SN-2"), 422, "distribution.lines-invalid"),
                announce(world.shipment(packs: "99999999999999999999"), 400, "http.wrong-type"),
                announce(world.shipment(packs: "9223372036854775807", note: "SN-2"), 422, "distribution.lines-invalid"),
                announce(world.shipment(packs: "5", note: "SN-2"), 409, "distribution.more-than-open"),
                announce(world.shipment(packs: "1"), 409, "distribution.delivery-note-announced"),
                announce(world.shipment(order: OrderID(UUID())), 404, "pooled-procurement.order-unknown"),
                ("/shipments", world.shipment(), world.other.seller, 404, "pooled-procurement.order-unknown"),
                ("/shipments", world.shipment(), world.keeper, 403, "http.forbidden-role"),
                receive("{}", 400, "http.missing-field"), receive(#"{"lines":[]}"#, 422, "distribution.lines-invalid"),
                receive(world.receipt(delivered: "-6"), 422, "distribution.lines-invalid"),
                receive(world.receipt(delivered: "9223372036854775807"), 422, "distribution.lines-invalid"),
                receive(world.receipt(accepted: "5"), 422, "distribution.reason-required"),
                receive(world.receipt(accepted: "5", extra: #","reason":"ugly""#), 400, "http.wrong-type"),
                (receipt, world.receipt(), world.small.storekeepers[1], 403, "identity.other-facility"),
                (receipt, world.receipt(), world.other.officer, 404, "distribution.shipment-unknown"),
                ("/shipments/7/receipt", world.receipt(), world.keeper, 400, "http.bad-path-id"),
                ("/shipments/\(id)/cancellation", #"{"reason":""}"#, world.small.seller, 422, "distribution.reason-required"),
            ]
            for bad in cases {
                let answer = try await world.send(bad.path, bad.body, as: bad.person)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad.path) \(bad.body): \(answer.text)")
            }
            for path in [
                "/shipments/\(id)", "/goods-receipts/\(UUID())", "/stores/\(world.small.pharmacies[0])/shipments-to-receive",
            ] {
                #expect(try await world.web.get("/api/v1\(path)", as: world.other.officer).status == 404, "\(path)")
            }
            #expect(try await world.web.get("/api/v1/shipments/\(id)", as: world.keeper).json["state"]?.string == "announced")
            #expect(try await world.send(receipt, world.receipt(), as: world.keeper).status == 201)
        }
    }

    @Test("a repeated receipt is answered once more and not done again; with another body it is refused")
    func repeats() async throws {
        try await withWorld { world in
            let path = "/shipments/\(try await world.announced())/receipt"
            let request = UUID()
            let first = try await world.send(path, world.receipt(), as: world.keeper, request)
            let second = try await world.send(path, world.receipt(), as: world.keeper, request)
            #expect(first.status == 201 && first.text == second.text && second.isReplay && !first.isReplay)
            let body = world.receipt(accepted: "5", extra: #","reason":"damaged""#)
            let other = try await world.send(path, body, as: world.keeper, request)
            #expect(other.status == 409 && other.code == "commands.request-id-reused")
        }
    }
}

import Foundation
import Postgres
import Primitives
import RefillWarnings
import TestSupport
import Testing
import Web

@Suite("Early warnings over HTTP")
struct RefillWarningsRouteTests {
    /// A plan at the first pharmacy whose two next instalments are not to be had.
    private func withWarnings(
        _ body: @escaping @Sendable (ServedWeb, PlanBench, _ plan: String, _ buyer: Principal) async throws -> Void
    ) async throws {
        try await withPlanBench { bench in
            let plan = try await bench.plan()
            let (id, now) = (bench.consortium.id, bench.now)
            let staff = try await bench.consortium.addStaff([("b1", .procurementOfficer), ("k3", .formularyKeeper)], in: bench.database)
            try await bench.write { _ = try RaiseRefillWarnings(store: bench.store).run(in: $0, of: id, at: now) }
            let small = bench.consortium
            let people = [small.officer, small.seller, bench.pharmacist] + small.storekeepers + staff
            try await withServer(RefillWarningsRoutes.endpoints, on: bench.database.application, people: people) { web in
                try await body(web, bench, plan.description, staff[0])
            }
        }
    }

    @Test("a dispenser reads whose instalments will lack what, procurement what to buy, without patients")
    func reads() async throws {
        try await withWarnings { web, bench, plan, buyer in
            let keeper = bench.consortium.storekeepers[0]
            let own = try await web.get("/api/v1/refill-warnings?limit=1", as: keeper)
            let first = try #require(own.json["items"]?[0], "\(own.text)")
            #expect(first["plan"]?.string == plan && first["instalment"]?.integer == 1 && first["missing"]?.integer == 20)
            #expect(first["dueOn"]?.string == "2026-11-21" && first["patient"]?["name"]?.string == "张三")
            #expect(first["product"]?["genericName"]?.string == "苯磺酸氨氯地平片")
            let next = try #require(own.json["next"]?.string)
            let second = try await web.get("/api/v1/refill-warnings?limit=1&after=\(next)", as: keeper)
            #expect(second.json["items"]?[0]?["dueOn"]?.string == "2026-12-11" && second.json["next"] == nil)

            let seen = try await web.get("/api/v1/refill-warnings?store=\(bench.store)&product=\(bench.product)", as: buyer)
            #expect(seen.json["items"]?[1]?["instalment"]?.integer == 2 && !seen.text.contains("张三"), "\(seen.text)")
            #expect(seen.json["items"]?[0]?["patient"] == nil)
            let sums = try await web.get("/api/v1/refill-warnings/by-product", as: buyer)
            #expect(sums.json["items"]?[0]?["missing"]?.integer == 40, "\(sums.text)")
            #expect(sums.json["items"]?[0]?["stores"]?[0]?["store"]?.integer == bench.store.rawValue)
            let history = try await web.get("/api/v1/long-plans/\(plan)/refill-warnings", as: bench.pharmacist)
            #expect(history.status == 200 && history.json["items"]?[0]?["instalment"]?.integer == 2, "\(history.text)")
        }
    }

    @Test("who may not, and what cannot be read, is refused")
    func refused() async throws {
        try await withWarnings { web, bench, plan, buyer in
            let (small, keeper) = (bench.consortium, bench.consortium.storekeepers[1])
            let foreign = Cursor.encode(["1"])
            let wrong = Cursor.encode(["yesterday", "1"])
            let cases: [(path: String, person: Principal?, status: Int, code: String)] = [
                ("/refill-warnings", nil, 401, "http.unauthenticated"),
                ("/refill-warnings", small.seller, 403, "http.forbidden-role"),
                ("/refill-warnings/by-product", small.seller, 403, "http.forbidden-role"),
                ("/long-plans/\(plan)/refill-warnings", buyer, 403, "http.forbidden-role"),
                ("/refill-warnings?store=\(bench.store)", keeper, 403, "identity.other-facility"),
                ("/refill-warnings/by-product?store=\(bench.store)", keeper, 403, "identity.other-facility"),
                ("/refill-warnings?store=999999", buyer, 404, "parties.store-unknown"),
                ("/refill-warnings?store=x", buyer, 400, "http.bad-query"),
                ("/refill-warnings?product=x", buyer, 400, "http.bad-query"),
                ("/refill-warnings?patient=1", buyer, 400, "http.bad-query"),
                ("/refill-warnings?limit=0", buyer, 400, "http.bad-query"),
                ("/refill-warnings?after=\(foreign)", buyer, 400, "http.bad-query"),
                ("/refill-warnings?after=\(wrong)", buyer, 400, "http.bad-query"),
                ("/refill-warnings/by-product?after=\(wrong)", buyer, 400, "http.bad-query"),
                ("/long-plans/\(UUID())/refill-warnings", bench.pharmacist, 404, "long-prescriptions.plan-unknown"),
            ]
            for bad in cases {
                let answer = try await web.get("/api/v1\(bad.path)", as: bad.person)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad.path): \(answer.text)")
            }
            #expect(try await web.get("/api/v1/refill-warnings", as: keeper).json["items"]?[0] == nil)
        }
    }
}

import Formulary
import Foundation
import Parties
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing
import Web

@Suite("Requisition routes")
struct RequisitionRouteTests {
    @Test("a cycle is opened, a requisition filled in, changed, submitted and approved, and the cycle closed")
    func wholeLife() async throws {
        try await withRequisitionService { world in
            let cycle: Cycle = try await world.post(
                "/requisition-cycles", #"{"name":"12月","opensOn":"2026-11-01","closesOn":"2026-11-30"}"#, as: world.officer
            ).decoded()
            let opening = try await world.post(
                "/requisitions",
                #"{"store":\#(world.store),"cycle":"\#(cycle.id)","strategy":{"kind":"reorder-point","leadTimeDays":7}}"#)
            #expect(opening.status == 201)
            let opened: RequisitionSummary = try opening.decoded()
            #expect(opened.storeName == "1号药房" && opened.cycleName == "12月" && opened.state == .draft)
            let path = "/requisitions/\(opened.id)"
            let view = try await world.web.get("/api/v1\(path)", as: world.keeper)
            #expect(view.status == 200)
            #expect(view.json["lines"]?.elements.count == 3)
            #expect(view.json["strategy"]?["leadTimeDays"] == .number("7"))
            let changed = try await world.send(
                "PATCH", "\(path)/lines",
                #"{"version":1,"changes":[{"product":\#(world.products[0]),"requested":56,"reason":"新开科室"}]}"#)
            #expect(changed.status == 200)
            #expect(try await world.post("\(path)/submission", #"{"version":2}"#).status == 200)
            let back = try await world.post("\(path)/return", #"{"version":3,"reason":"请减量"}"#, as: world.officer)
            #expect(try back.decoded(as: RequisitionSummary.self).state == .returned)
            #expect(try await world.post("\(path)/submission", #"{"version":4}"#).status == 200)
            let approval = try await world.post(
                "\(path)/approval",
                #"{"version":5,"changes":[{"product":\#(world.products[0]),"approved":28,"reason":"减半"}]}"#, as: world.officer)
            #expect(try approval.decoded(as: RequisitionSummary.self).state == .approved)
            let cancelled = try await world.post("\(path)/cancellation", #"{"version":6,"reason":"改走紧急"}"#, as: world.officer)
            #expect(try cancelled.decoded(as: RequisitionSummary.self).state == .cancelled)
            let closed = try await world.post("/requisition-cycles/\(cycle.id)/closure", "{}", as: world.officer)
            #expect(closed.status == 200)
            let counts = try await world.web.get("/api/v1/requisition-counts?cycle=\(cycle.id)", as: world.keeper)
            #expect(counts.json["counts"]?.elements.map { $0["count"] } == ["0", "0", "0", "0", "0", "1"].map(JSONValue.number))
        }
    }

    @Test("lists come in pages; a facility's own people see that facility's")
    func lists() async throws {
        try await withRequisitionService { world in
            for _ in 0..<3 { _ = try await world.openEmergency() }
            let first: PageOf<RequisitionSummary> = try await world.web.get(
                "/api/v1/requisitions?limit=2&kind=emergency&state=draft", as: world.keeper
            ).decoded()
            let after = try #require(first.next)
            let second: PageOf<RequisitionSummary> = try await world.web.get(
                "/api/v1/requisitions?limit=2&after=\(after)", as: world.keeper
            ).decoded()
            #expect(Set((first.items + second.items).map(\.id)).count == 3 && second.next == nil)
            let elsewhere: PageOf<RequisitionSummary> = try await world.web.get(
                "/api/v1/requisitions", as: world.consortium.storekeepers[1]
            ).decoded()
            #expect(elsewhere.items.isEmpty)
            #expect(try await world.web.get("/api/v1/requisitions", as: world.consortium.seller).code == "http.forbidden-role")
            for list in ["requisitions", "shortage-reports", "requisition-cycles"] {
                let cursor = Cursor.encode(["not", "a", "key"])
                #expect(try await world.web.get("/api/v1/\(list)?after=\(cursor)", as: world.keeper).code == "http.bad-query")
            }
        }
    }

    @Test("a request that cannot be read or breaks a rule is refused with its code and field, and nothing changes")
    func refusals() async throws {
        try await withRequisitionService { world in
            let opened = try await world.openEmergency()
            let lines = "/requisitions/\(opened.id)/lines"
            let product = world.products[0]
            let cases: [(path: String, body: String, status: Int, code: String)] = [
                (lines, #"{"version":1,"#, 400, "http.malformed-json"),
                (lines, #"{"version":1,"changes":[],"colour":"red"}"#, 400, "http.unknown-field"),
                (lines, #"{"version":1}"#, 400, "http.missing-field"),
                (lines, #"{"version":1,"changes":[{"product":\#(product),"requested":1.5}]}"#, 400, "http.wrong-type"),
                (
                    lines, #"{"version":1,"changes":[{"product":\#(product),"requested":9223372036854775808}]}"#, 400,
                    "http.wrong-type"
                ),
                (
                    lines, #"{"version":1,"changes":[{"product":\#(product),"requested":30}]}"#, 422,
                    "requisitions.not-whole-packs"
                ),
                (
                    lines, #"{"version":7,"changes":[{"product":\#(product),"requested":28}]}"#, 409,
                    "requisitions.changed-meanwhile"
                ),
                ("/requisitions/\(UUID())/lines", #"{"version":1,"changes":[]}"#, 404, "requisitions.requisition-unknown"),
                ("/requisitions/17/lines", #"{"version":1,"changes":[]}"#, 400, "http.bad-path-id"),
            ]
            for (path, body, status, code) in cases {
                let answer = try await world.send("PATCH", path, body)
                #expect(answer.status == status && answer.code == code, "\(path) \(body): \(answer.text)")
            }
            for quantity in ["-28", "9223372036854775807", "1000000000020"] {
                let answer = try await world.send(
                    "PATCH", lines, #"{"version":1,"changes":[{"product":\#(product),"requested":\#(quantity)}]}"#)
                #expect((400..<500).contains(answer.status))
                #expect(["http.wrong-type", "requisitions.quantity-invalid"].contains(answer.code))
                #expect(answer.field == "changes[0].requested")
            }
            let foreignStrategy = try await world.post(
                "/emergency-requisitions",
                #"{"store":\#(world.store),"products":[\#(product)],"strategy":{"kind":"reorder-point","minimumMonths":1}}"#)
            #expect(foreignStrategy.code == "requisitions.strategy-invalid")
            #expect(foreignStrategy.field == "strategy.minimumMonths")
            let state = try await world.post(
                "/requisitions/\(opened.id)/approval", #"{"version":1,"changes":[]}"#, as: world.officer)
            #expect(state.status == 409 && state.code == "requisitions.wrong-state")
            let reading = try await world.web.get("/api/v1/requisitions/\(opened.id)", as: world.keeper)
            #expect(reading.json["requisition"]?["version"] == .number("1"))
            #expect(reading.json["lines"]?.elements.map { $0["requested"] } == [.number("0")])
        }
    }

    @Test("another consortium's requisition is not there, another facility's is forbidden")
    func keepsThemApart() async throws {
        try await withRequisitionService { world in
            let opened = try await world.openEmergency()
            let path = "/api/v1/requisitions/\(opened.id)"
            let foreign = try await world.web.get(path, as: world.other.officer)
            #expect(foreign.status == 404 && foreign.code == "requisitions.requisition-unknown")
            let elsewhere = try await world.web.get(path, as: world.consortium.storekeepers[1])
            #expect(elsewhere.status == 403 && elsewhere.code == "identity.other-facility")
            let store = try await world.post(
                "/emergency-requisitions", #"{"store":\#(world.other.pharmacies[0]),"products":[\#(world.products[0])]}"#)
            #expect(store.status == 404 && store.code == "parties.store-unknown")
        }
    }

    @Test("a Request-Id opens one requisition, and is refused for another body")
    func repeats() async throws {
        try await withRequisitionService { world in
            let id = UUID()
            func open(_ product: ProductID) async throws -> Answer {
                try await world.web.send(
                    "POST", "/api/v1/emergency-requisitions", as: world.keeper,
                    text: #"{"store":\#(world.store),"products":[\#(product)]}"#, requestID: id)
            }
            let first = try await open(world.products[0])
            let again = try await open(world.products[0])
            #expect(first.status == 201 && again.isReplay && again.json == first.json)
            #expect(try first.decoded(as: RequisitionSummary.self).id == RequisitionID(id))
            #expect(try await open(world.products[1]).code == "commands.request-id-reused")
            let all: PageOf<RequisitionSummary> = try await world.web.get("/api/v1/requisitions", as: world.keeper).decoded()
            #expect(all.items.count == 1)
        }
    }

    @Test("a shortage is reported and followed to its end")
    func shortage() async throws {
        try await withRequisitionService { world in
            let facility = world.consortium.townships[0]
            let report: ShortageReport = try await world.post(
                "/shortage-reports", #"{"facility":\#(facility),"describedName":"某进口药","quantity":30,"reason":"慢病"}"#
            ).decoded()
            let steps = "/shortage-reports/\(report.id)/steps"
            let early = try await world.post(steps, #"{"transition":"collect"}"#)
            #expect(early.status == 409 && early.code == "requisitions.shortage-wrong-state" && early.field == "transition")
            for transition in ["purchase", "deliver", "collect"] {
                #expect(try await world.post(steps, #"{"transition":"\#(transition)"}"#).status == 200)
            }
            let list: PageOf<ShortageReport> = try await world.web.get(
                "/api/v1/shortage-reports?state=collected&facility=\(facility)", as: world.keeper
            ).decoded()
            #expect(list.items.map(\.id) == [report.id])
            let nothing = try await world.post("/shortage-reports", #"{"facility":\#(facility),"quantity":30}"#)
            #expect(nothing.status == 422 && nothing.code == "requisitions.shortage-names-nothing")
        }
    }
}

/// A served consortium whose formulary permits its first three products, and another consortium.
struct RequisitionService: Sendable {
    let web: ServedWeb
    let consortium: SmallConsortium
    let other: SmallConsortium

    var keeper: Principal { consortium.storekeepers[0] }
    var officer: Principal { consortium.officer }
    var store: StoreID { consortium.pharmacies[0] }
    var products: [ProductID] { consortium.products }

    func send(_ method: String, _ path: String, _ body: String, as person: Principal? = nil) async throws -> Answer {
        try await web.send(method, "/api/v1\(path)", as: person ?? keeper, text: body)
    }

    func post(_ path: String, _ body: String, as person: Principal? = nil) async throws -> Answer {
        try await send("POST", path, body, as: person)
    }

    /// An emergency requisition of the first product, nothing requested.
    func openEmergency() async throws -> RequisitionSummary {
        try await post("/emergency-requisitions", #"{"store":\#(store),"products":[\#(products[0])]}"#).decoded()
    }
}

private func withRequisitionService(_ body: @escaping @Sendable (RequisitionService) async throws -> Void) async throws {
    try await withTestDatabase { database in
        let consortium = try await SmallConsortium.make(in: database)
        let other = try await SmallConsortium.make(in: database, code: "other")
        try await database.application.write(as: consortium.id.tenant) { transaction in
            let officer = consortium.officer
            let draft = try DraftFormulary(id: FormularyVersionID(UUID()), note: "first")
                .run(in: transaction, by: officer, at: .ofTests)
            _ = try PutFormularyEntries(
                version: draft.id,
                entries: consortium.products.dropLast().map { FormularyEntry(product: $0, levels: [.township]) }
            ).run(in: transaction, by: officer, at: .ofTests)
            _ = try PublishFormulary(version: draft.id, validFrom: Instant.ofTests.businessDay)
                .run(in: transaction, by: officer, at: .ofTests)
        }
        let people = [consortium.officer, other.officer, consortium.seller] + consortium.storekeepers
        try await withServer(RequisitionsRoutes.endpoints, on: database.application, people: people) { web in
            try await body(RequisitionService(web: web, consortium: consortium, other: other))
        }
    }
}

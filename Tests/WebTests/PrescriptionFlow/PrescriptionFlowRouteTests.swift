import Foundation
import Primitives
import TestSupport
import Testing
import Web

@Suite("The flow of prescriptions over HTTP")
struct PrescriptionFlowRouteTests {
    @Test("pharmacies are chosen and offered, and what is lacking is proposed")
    func offers() async throws {
        try await FlowWeb.with { flow in
            let id = try await flow.approved()
            let (near, far) = (flow.small.pharmacies[0], flow.small.pharmacies[1])
            let pharmacy = "/patients/\(flow.patient)/pharmacy"
            #expect(try await flow.get(pharmacy, as: flow.pharmacist).text == "{}")
            #expect(try await flow.put(pharmacy, #"{"store":\#(near)}"#, as: flow.prescriber).status == 200)
            #expect(try await flow.get(pharmacy, as: flow.pharmacist).json["store"]?.integer == near.rawValue)
            let offered = try await flow.get("/prescriptions/\(id)/offers", as: flow.pharmacist)
            #expect(offered.json["offers"]?.elements.map { $0["store"]?.integer } == [near.rawValue, far.rawValue])
            #expect(offered.json["offers"]?[1]?["explanationChinese"]?.string == "缺 阿莫西林胶囊 0.25g：需42片，有0片")
            let listed = try await flow.get("/stores/\(near)/offered-prescriptions?limit=1", as: flow.here)
            #expect(listed.json["items"]?[0]?["id"]?.string == id && listed.json["items"]?[0]?["isChosen"] == true)
            #expect(try await flow.put("/prescriptions/\(id)/pharmacy", #"{"store":\#(far)}"#, as: flow.pharmacist).status == 200)
            let moved = try await flow.get("/prescriptions/\(id)/offers", as: flow.there)
            #expect(moved.json["proposals"]?.elements.map { $0["kind"]?.string } == ["delivery"])
            #expect(try await flow.get("/stores/\(near)/offered-prescriptions", as: flow.here).json["items"]?[0] == nil)
            #expect(try await flow.get("/stores/\(near)/offered-prescriptions", as: flow.there).code == "identity.other-facility")
        }
    }

    @Test("what is lacking is asked for, agreed, sent and received")
    func sharing() async throws {
        try await FlowWeb.with { flow in
            let (near, far) = (flow.small.pharmacies[0], flow.small.pharmacies[1])
            let asked = try await flow.send(
                "/sharing-requests",
                #"{"asking":\#(far),"holding":\#(near),"product":\#(flow.small.products[0]),"quantity":42,"reason":"处方缺药"}"#,
                as: flow.there)
            #expect(asked.status == 201 && asked.json["number"]?.string == "GX-2026-000001")
            let request = "/sharing-requests/\(try #require(asked.json["id"]?.string))"
            #expect(try await flow.send("\(request)/shipment", as: flow.here).code == "prescription-flow.sharing-wrong-state")
            let agreed = try await flow.send("\(request)/answer", #"{"decision":"agree"}"#, as: flow.here)
            #expect(agreed.json["agreed"] == 42)
            #expect(try await flow.send("\(request)/shipment", as: flow.here).json["state"]?.string == "shipped")
            #expect(try await flow.send("\(request)/receipt", as: flow.there).json["state"]?.string == "received")
            #expect(try await flow.get(request, as: flow.small.officer).json["endedAt"]?.string != nil)
            let list = try await flow.get("/stores/\(near)/sharing-requests?state=received&limit=1", as: flow.here)
            #expect(list.json["items"]?[0]?["number"]?.string == "GX-2026-000001")
            let second = try await flow.send(
                "/sharing-requests",
                #"{"asking":\#(far),"holding":\#(near),"product":\#(flow.small.products[0]),"quantity":1,"reason":"备用"}"#,
                as: flow.there)
            let path = "/sharing-requests/\(try #require(second.json["id"]?.string))"
            #expect(try await flow.send("\(path)/answer", #"{"decision":"decline"}"#, as: flow.here).code == "prescription-flow.reason-missing")
            #expect(try await flow.send("\(path)/withdrawal", #"{"reason":"不需要"}"#, as: flow.there).json["state"]?.string == "withdrawn")
        }
    }

    @Test("what was handed out is brought and signed for")
    func delivery() async throws {
        try await FlowWeb.with { flow in
            let dispensing = try await flow.dispensed()
            let body = #"{"place":"village-clinic","address":"一村卫生室"}"#
            let planned = try await flow.send("/dispensings/\(dispensing)/deliveries", body, as: flow.here)
            #expect(planned.status == 201 && planned.json["number"]?.string == "PS-2026-000001")
            let delivery = "/deliveries/\(try #require(planned.json["id"]?.string))"
            #expect(try await flow.send("\(delivery)/steps", #"{"step":"depart"}"#, as: flow.here).json["state"]?.string == "out")
            let unnamed = try await flow.send("\(delivery)/handover", #"{"recipient":"proxy"}"#, as: flow.here)
            #expect(unnamed.status == 422 && unnamed.code == "prescription-flow.recipient-unidentified")
            let proxy = #"{"recipient":"proxy","name":"李四","residentNumber":"110101199003070134"}"#
            let handed = try await flow.send("\(delivery)/handover", proxy, as: flow.here)
            #expect(handed.json["recipientMasked"]?.string == "110**************4" && !handed.text.contains("110101199003070134"))
            #expect(try await flow.get(delivery, as: flow.here).json["state"]?.string == "delivered")
            #expect(try await flow.get(delivery, as: flow.there).code == "identity.other-facility")
            let list = try await flow.get("/stores/\(flow.small.pharmacies[0])/deliveries?state=delivered", as: flow.here)
            #expect(list.json["items"]?.elements.count == 1)
        }
    }

    @Test("a line that cannot be met is reported short for its prescription")
    func shortage() async throws {
        try await FlowWeb.with { flow in
            let path = "/prescriptions/\(try await flow.approved())/shortages"
            let body = #"{"line":1,"facility":\#(flow.small.townships[0]),"quantity":14}"#
            let reported = try await flow.send(path, body, as: flow.here)
            #expect(reported.status == 201 && reported.json["state"]?.string == "registered")
            #expect(try await flow.get(path, as: flow.prescriber).json["items"]?[0]?["quantity"] == 14)
            #expect(try await flow.send(path, #"{"line":2,"facility":1}"#, as: flow.here).code == "prescription-flow.product-not-prescribed")
        }
    }

    @Test("bad input is refused with a reason, and other consortia see nothing")
    func refusals() async throws {
        try await FlowWeb.with { flow in
            let id = try await flow.approved()
            let (near, far) = (flow.small.pharmacies[0], flow.small.pharmacies[1])
            func sharing(_ quantity: String, asking: StoreID = far) -> String {
                #"{"asking":\#(asking),"holding":\#(near),"product":\#(flow.small.products[0]),"quantity":\#(quantity),"reason":"x"}"#
            }
            let cases: [(path: String, body: String, person: Principal, status: Int, code: String)] = [
                ("/sharing-requests", sharing("0"), flow.there, 422, "prescription-flow.quantity-invalid"),
                ("/sharing-requests", sharing("1.5"), flow.there, 400, "http.wrong-type"),
                ("/sharing-requests", sharing("1", asking: near), flow.here, 422, "prescription-flow.same-store"),
                ("/sharing-requests", sharing("1"), flow.here, 403, "identity.other-facility"),
                ("/sharing-requests", sharing("1"), flow.prescriber, 403, "http.forbidden-role"),
                ("/sharing-requests/\(UUID())/receipt", "{}", flow.here, 404, "prescription-flow.sharing-unknown"),
                ("/deliveries/\(UUID())/steps", #"{"step":"depart"}"#, flow.here, 404, "prescription-flow.delivery-unknown"),
                ("/deliveries/\(UUID())/steps", #"{"step":"fly"}"#, flow.here, 400, "http.wrong-type"),
                (
                    "/dispensings/\(UUID())/deliveries", #"{"place":"home","address":"x"}"#, flow.here, 404,
                    "dispensing.dispensing-unknown"
                ),
                ("/prescriptions/\(id)/shortages", #"{"line":1,"facility":999}"#, flow.here, 404, "parties.facility-unknown"),
            ]
            for bad in cases {
                let answer = try await flow.send(bad.path, bad.body, as: bad.person)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad.path) \(bad.body): \(answer.text)")
            }
            #expect(try await flow.get("/prescriptions/\(id)/offers", as: flow.other.officer).status == 404)
            #expect(try await flow.get("/patients/\(flow.patient)/pharmacy", as: flow.other.officer).status == 404)
            #expect(try await flow.get("/stores/\(near)/deliveries", as: flow.other.officer).code == "parties.store-unknown")
            let choice = try await flow.put("/prescriptions/\(id)/pharmacy", #"{"store":\#(flow.small.centralStore)}"#, as: flow.pharmacist)
            #expect(choice.status == 422 && choice.code == "dispensing.store-serves-no-patients")
        }
    }
}

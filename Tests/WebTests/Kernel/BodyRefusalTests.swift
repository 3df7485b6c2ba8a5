import Primitives
import Testing
import Web

@Suite("Bodies that cannot be taken")
struct BodyRefusalTests {
    /// What is sent, the code it is refused with, and the field at fault.
    static let table: [(body: String, code: String, field: String?)] = [
        (#"{"name": "bear""#, "http.malformed-json", nil),
        (#"{"name": "bear", "name": "bear"}"#, "http.malformed-json", nil),
        ("{\"name\": \"\\u0000\"}", "http.malformed-json", nil),
        (#"[]"#, "http.wrong-type", nil),
        (#"{"name": "bear", "kind": "woollen", "parts": [], "colour": 1}"#, "http.unknown-field", "colour"),
        (
            #"{"name": "bear", "kind": "woollen", "parts": [{"quantity": 1}, {"quantity": 1, "colour": 1}]}"#,
            "http.unknown-field", "parts[1].colour"
        ),
        (#"{"name": "bear", "kind": "woollen"}"#, "http.missing-field", "parts"),
        (#"{"name": null, "kind": "woollen", "parts": []}"#, "http.missing-field", "name"),
        (#"{"name": "bear", "kind": "woollen", "parts": [{"quantity": 1}, {}]}"#, "http.missing-field", "parts[1].quantity"),
        (#"{"name": 7, "kind": "woollen", "parts": []}"#, "http.wrong-type", "name"),
        (#"{"name": "bear", "kind": "iron", "parts": []}"#, "http.wrong-type", "kind"),
        (#"{"name": "bear", "kind": "woollen", "parts": {}}"#, "http.wrong-type", "parts"),
        (#"{"name": "bear", "kind": "woollen", "parts": [{"quantity": "1"}]}"#, "http.wrong-type", "parts[0].quantity"),
        (#"{"name": "bear", "kind": "woollen", "parts": [{"quantity": 1.5}]}"#, "http.wrong-type", "parts[0].quantity"),
        (#"{"name": "bear", "kind": "woollen", "parts": [{"quantity": 1e3}]}"#, "http.wrong-type", "parts[0].quantity"),
        (
            #"{"name": "bear", "kind": "woollen", "parts": [{"quantity": 9223372036854775808}]}"#, "http.wrong-type",
            "parts[0].quantity"
        ),
        (#"{"name": "bear", "kind": "woollen", "parts": [{"quantity": 1, "size": 32768}]}"#, "http.wrong-type", "parts[0].size"),
        (
            #"{"name": "bear", "kind": "woollen", "parts": [{"quantity": 1, "madeOn": "2026-02-30"}]}"#, "http.wrong-type",
            "parts[0].madeOn"
        ),
        (#"{"name": "bear", "kind": "woollen", "price": "1.23456", "parts": []}"#, "http.wrong-type", "price"),
        (#"{"name": "bear", "kind": "woollen", "price": 12, "parts": []}"#, "http.wrong-type", "price"),
        (#"{"name": "bear", "kind": "woollen", "parts": [], "labels": {"age": "three"}}"#, "http.wrong-type", "labels.age"),
    ]

    @Test("are refused with the code and the path of the field, and change nothing")
    func refusals() async throws {
        try await withToys { world in
            for (body, code, field) in Self.table {
                let answer = try await world.web.send("POST", "/api/v1/toys", as: world.officer, text: body)
                #expect(answer.status == 400, "\(body)")
                #expect(answer.code == code, "\(body)")
                #expect(answer.field == field, "\(body)")
            }
            #expect(try await world.toys() == 0)
        }
    }

    @Test("a null stands for an optional field that is absent, and the largest number is taken")
    func boundaries() async throws {
        try await withToys { world in
            let body: JSONValue = [
                "name": "bear", "kind": "wooden", "price": .null,
                "parts": [["quantity": 9_223_372_036_854_775_807, "size": 32_767]],
            ]
            let answer = try await world.web.post("/api/v1/toys", body, as: world.officer)
            #expect(answer.status == 201)
            let toy: Toy = try answer.decoded()
            #expect(toy.price == nil)
            #expect(toy.parts == [Toy.Part(quantity: BaseUnits(.max), size: 32_767, madeOn: nil)])
        }
    }

    @Test("a body for an operation that takes none may be empty or {}, and no more")
    func noBody() async throws {
        try await withToys { world in
            let path = "/api/v1/toys/01936f2e-7c00-7000-8000-000000000001/closure"
            #expect(try await world.web.post(path, as: world.officer).status == 200)
            #expect(try await world.web.post(path, [:], as: world.officer).status == 200)
            let answer = try await world.web.post(path, ["reason": "old"], as: world.officer)
            #expect(answer.code == "http.unknown-field")
            #expect(answer.field == "reason")
        }
    }

    @Test("text other than JSON and text too large are refused before they are read")
    func mediaTypeAndSize() async throws {
        try await withToys(limits: ServiceLimits(bodyBytesMax: 1_000)) { world in
            let form = try await world.web.send(
                "POST", "/api/v1/toys", as: world.officer, text: "name=bear", headers: ["Content-Type": "text/plain"])
            #expect(form.status == 415)
            #expect(form.code == "http.unsupported-media-type")
            let large = try await world.web.post("/api/v1/toys", .string(String(repeating: "x", count: 999)), as: world.officer)
            #expect(large.status == 413)
            #expect(large.code == "http.body-too-large")
            let fitting = try await world.web.post("/api/v1/toys", .string(String(repeating: "x", count: 998)), as: world.officer)
            #expect(fitting.code == "http.wrong-type")
        }
    }
}

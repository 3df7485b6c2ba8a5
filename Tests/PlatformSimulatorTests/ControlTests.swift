import Foundation
import PlatformSimulator
import Primitives
import Testing

@Suite("The control desk")
struct ControlTests {
    private func get(_ office: Office, _ path: String) throws -> Wire.Answer {
        office.wire.send("GET \(path) HTTP/1.1\r\nHost: platform\r\n\r\n")
        return try #require(office.wire.answer())
    }

    @Test("health is told, other paths are not there, other methods not allowed")
    func health() async throws {
        try await Office.open { office in
            let answer = try get(office, "/simulator/health")
            #expect(answer.status == 200 && answer.text == #"{"status":"ok"}"#)
            #expect(try get(office, "/elsewhere").status == 404)
            #expect(try get(office, "/zhejiang-drugs/service").status == 405)
            office.wire.post("/simulator/health", [], "")
            #expect(try #require(office.wire.answer()).status == 405)
        }
    }

    @Test("the statement over HTTP is the one that is given inside, also when it is large")
    func statement() async throws {
        try await Office.open { office in
            for number in 0..<12 {
                let plan = try office.plan((1...80).map { "PO-\(number) “quoted” 中文/\($0)" })
                if number > 0 { _ = try office.send(plan) }
                let order = try office.fill("SH-\(number)", lines: 80)
                if number > 0 { #expect(try office.confirm(order, lines: 80).result == "00000") }
            }
            let answer = try get(office, "/simulator/statement")
            #expect(answer.headers["transfer-encoding"] == "chunked" && answer.body.count > 200_000)
            let told = try JSONDecoder().decode(SimulatorStatement.self, from: Data(answer.body))
            let inside = office.statement
            #expect(told.orders == inside.orders && told.deliveries == inside.deliveries && told.invoices == inside.invoices)
            #expect(told.requests == inside.requests && told.faults == inside.faults)
            #expect(told.orders.count == 24 && told.deliveries.count == 22 * 80)
            let again = try JSONDecoder().decode(SimulatorStatement.self, from: JSONEncoder().encode(inside))
            #expect(again.orders == inside.orders && again.faults == inside.faults)
        }
    }

    @Test("an empty platform has an empty statement")
    func emptyStatement() async throws {
        try await Office.open { office in
            let told = try JSONDecoder().decode(SimulatorStatement.self, from: Data(try get(office, "/simulator/statement").body))
            #expect(told.orders.isEmpty && told.deliveries.isEmpty && told.settlements.isEmpty && told.requests.isEmpty)
        }
    }

    @Test("rates of faults are set from outside, and inside")
    func faults() async throws {
        try await Office.open { office in
            office.wire.post("/simulator/faults", [], #"{"status-503": 10000}"#)
            #expect(try #require(office.wire.answer()).status == 200)
            office.wire.post("/zhejiang-drugs/token", [], "{}")
            #expect(try #require(office.wire.answer()).status == 503)
            office.simulator.setFaults([:])
            try office.fetchToken()
            #expect(office.statement.faults == [.status503: 1])
        }
    }

    @Test("what is no rate of a fault is refused, and nothing changes", arguments: [
        #"{"no-such-fault": 1}"#, #"{"status-503": 10001}"#, #"{"status-503": -1}"#, #"{"status-503": "1"}"#, "[]", "{",
    ])
    func badFaults(body: String) async throws {
        try await Office.open { office in
            office.wire.post("/simulator/faults", [], body)
            let answer = try #require(office.wire.answer())
            #expect(answer.status == 400 && answer.text.contains("error"))
            try office.fetchToken()
        }
    }
}

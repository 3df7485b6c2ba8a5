import PlatformSimulator
import Primitives
import Testing

@Suite("The server")
struct ServerTests {
    static let health = "GET /simulator/health HTTP/1.1\r\nHost: platform\r\n\r\n"

    @Test("requests that follow before the answer are answered in their order on one connection")
    func pipelining() async throws {
        try await Office.open { office in
            office.wire.send(Self.health + Wire.post("/zhejiang-drugs/token", [], "{}") + "GET /nothing HTTP/1.1\r\nHost: platform\r\n\r\n" + Self.health)
            let answers = try (0..<4).map { _ in try #require(office.wire.answer()) }
            #expect(answers.map(\.status) == [200, 200, 404, 200] && answers[1].text.contains("账号无效"))
        }
    }

    @Test("a request in single bytes is read like any other")
    func singleBytes() async throws {
        try await Office.open { office in
            for byte in Wire.post("/simulator/faults", [], #"{"malformed": 1}"#).utf8 { office.wire.send([byte]) }
            #expect(office.wire.answer()?.status == 200)
        }
    }

    @Test("a connection that asks to be closed is, after its answer")
    func close() async throws {
        try await Office.open { office in
            office.wire.send("GET /simulator/health HTTP/1.1\r\nHost: platform\r\nConnection: close\r\n\r\n")
            #expect(office.wire.answer()?.headers["connection"] == "close")
            #expect(office.wire.rest().isEmpty && office.wire.end == .closed)
        }
    }

    @Test("a body that waits to be welcome is")
    func expectation() async throws {
        try await Office.open { office in
            office.wire.send("POST /simulator/faults HTTP/1.1\r\nHost: platform\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(String(decoding: office.wire.waits(for: 25), as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
            office.wire.send("{}")
            #expect(office.wire.answer()?.status == 200)
        }
    }

    @Test("what is no HTTP, and what is too large, is refused and the connection closed")
    func refusals() async throws {
        var options = Office.options
        options.bodyBytesMax = 100
        try await Office.open(options) { office in
            office.wire.send("this is no HTTP\r\n\r\n")
            #expect(office.wire.answer()?.status == 400)
            #expect(office.wire.rest().isEmpty)
            try office.reconnect()
            office.wire.post("/simulator/faults", [], String(repeating: " ", count: 101))
            #expect(office.wire.answer()?.status == 413)
            #expect(office.wire.rest().isEmpty)
        }
    }

    @Test("what a platform knows outlives a stop")
    func restart() async throws {
        let clock = Clock()
        let simulator = PlatformSimulator(Office.options, time: clock.source)
        for _ in 0..<2 {
            let wire = try Wire(try await simulator.start())
            wire.post("/zhejiang-drugs/token", [], "{}")
            #expect(wire.answer()?.status == 200)
            await simulator.stop()
            #expect(wire.rest().isEmpty)
        }
        #expect(simulator.statement().requests == ["token": 2])
    }

    @Test("a port that is taken is not listened on")
    func portTaken() async throws {
        try await Office.open { office in
            let second = PlatformSimulator(Office.options)
            await #expect(throws: (any Error).self) { try await second.start(port: office.port) }
        }
    }
}

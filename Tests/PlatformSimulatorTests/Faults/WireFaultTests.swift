import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import PlatformSimulator
import Primitives
import TestSupport
import Testing

@Suite("Faults a connection meets")
struct WireFaultTests {
    private static func options(_ fault: SimulatorFault, operation: String? = nil, nth: Int = 1) -> SimulatorOptions {
        var options = Office.options
        options.script = [ScriptedFault(operation: operation, nth: nth, fault: fault)]
        return options
    }

    @Test("a refused connection is closed before anything is read")
    func refusedConnection() async throws {
        try await Office.open(Self.options(.refusedConnection, nth: 2)) { office in
            try office.reconnect()
            office.wire.send("GET /simulator/health HTTP/1.1\r\nHost: platform\r\n\r\n")
            #expect(office.wire.answer() == nil && office.wire.end != nil)
            try office.reconnect()
            try office.fetchToken()
            #expect(office.statement.faults == [.refusedConnection: 1])
        }
    }

    @Test("after a refused connection nobody may listen for a while, then somebody does again")
    func takenDown() async throws {
        var options = Self.options(.refusedConnection, nth: 2)
        options.faultDetails.downMilliseconds = 50
        try await Office.open(options) { office in
            try office.reconnect()
            #expect(office.wire.rest() == [])
            try office.fetchTokenWhenItListens()
            #expect(!office.token.isEmpty)
        }
    }

    @Test("a handshake is answered with something that is no TLS, and the next one is good")
    func tlsFailure() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("simulator-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try Authority(in: directory)
        try authority.issue("server", to: "localhost", alternatives: "DNS:localhost,IP:127.0.0.1")
        let simulator = PlatformSimulator(Self.options(.tlsFailure))
        let port = try await simulator.start(
            certificate: (
                try String(contentsOfFile: authority.path("server.crt"), encoding: .utf8),
                try String(contentsOfFile: authority.path("server.key"), encoding: .utf8)
            ))
        let wire = try Wire(port)
        wire.send("hello")
        #expect(String(decoding: wire.rest(), as: UTF8.self).hasPrefix("HTTP/1.0 503"))
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = .makeClientConfiguration()
        configuration.tlsConfiguration?.trustRoots = .file(authority.certificate)
        let client = HTTPClient(configuration: configuration)
        let answer = try await client.execute(HTTPClientRequest(url: "https://localhost:\(port)/simulator/health"), timeout: .seconds(60))
        #expect(answer.status == .ok)
        try await client.shutdown()
        await simulator.stop()
        #expect(simulator.statement().faults == [.tlsFailure: 1])
    }

    @Test("without TLS the connection is closed instead")
    func tlsFailureOnPlain() async throws {
        try await Office.open(Self.options(.tlsFailure, nth: 2)) { office in
            try office.reconnect()
            #expect(office.wire.rest() == [] && office.wire.end != nil)
        }
    }

    @Test("a reset leaves nothing done, or all", arguments: [SimulatorFault.resetBeforeCommit, .resetAfterCommit])
    func resets(fault: SimulatorFault) async throws {
        try await Office.open(Self.options(fault, operation: "ZJ9653")) { office in
            try office.fetchToken()
            try office.sendZhejiang("ZJ9653", Office.planText(["A/1"]))
            #expect(office.wire.answer() == nil && office.wire.end == .reset)
            #expect(office.statement.orders.count == (fault == .resetAfterCommit ? 1 : 0))
            #expect(office.statement.requests == ["token": 1, "ZJ9653": 1] && office.statement.faults == [fault: 1])
            try office.reconnect()
            _ = try office.plan(["A/1"])
            #expect(office.statement.orders.count == 1)
        }
    }

    @Test("what follows on a connection that broke is not done")
    func resetBeforeAnother() async throws {
        try await Office.open(Self.options(.resetAfterCommit, operation: "ZJ9653")) { office in
            try office.fetchToken()
            let requests = try ["A/1", "A/2"].map { key in
                let body = #"{"infno":"ZJ9653","input":{"data":\#(Office.planText([key]))}}"#
                return Wire.post("/zhejiang-drugs/service", try office.zhejiangHeaders(body), body)
            }
            office.wire.send(requests.joined())
            #expect(office.wire.answer() == nil)
            #expect(office.statement.orders.map(\.hospitalKey) == ["A"] && office.statement.requests["ZJ9653"] == 1)
        }
    }

    @Test("a slow answer comes in pieces; what was asked is done", arguments: [SimulatorFault.slowHeaders, .slowBody])
    func slow(fault: SimulatorFault) async throws {
        var options = Self.options(fault, operation: "ZJ9653")
        options.faultDetails.slowMilliseconds = 3_600_000
        try await Office.open(options) { office in
            try office.fetchToken()
            try office.sendZhejiang("ZJ9653", Office.planText(["A/1"]))
            var text = String(decoding: office.wire.waits(for: 1), as: UTF8.self)
            if fault == .slowBody {
                while !text.contains("\r\n\r\n{") { text = String(decoding: office.wire.waits(for: text.utf8.count + 1), as: UTF8.self) }
                #expect(!text.contains("purcPlanDetId"))
            } else {
                #expect(text.hasPrefix("HTTP/1.1") && !text.contains("Content-Length"))
            }
            #expect(office.statement.orders.count == 1 && office.statement.faults == [fault: 1])
        }
    }

    @Test("a slow answer is whole in the end")
    func slowToTheEnd() async throws {
        var options = Office.options
        options.faults = [.slowHeaders: 10_000, .slowBody: 10_000]
        options.faultDetails.slowMilliseconds = 0
        try await Office.open(options) { office in
            _ = try office.plan(["A/1"])
            _ = try office.plan(["A/2"])
            #expect(office.statement.faults == [.slowHeaders: 3, .slowBody: 3])
        }
    }

    @Test("a duplicate answer comes whole a second time")
    func duplicate() async throws {
        try await Office.open(Self.options(.duplicateAnswer, operation: "ZJ9653")) { office in
            try office.fetchToken()
            try office.sendZhejiang("ZJ9653", Office.planText(["A/1"]))
            let first = try #require(office.wire.answer())
            #expect(try #require(office.wire.answer()).body == first.body)
            #expect(office.statement.orders.count == 1)
        }
    }

    @Test("status 429 and 503 name a time, and nothing was done", arguments: [(SimulatorFault.status429, 429), (.status503, 503)])
    func statuses(fault: SimulatorFault, status: Int) async throws {
        var options = Self.options(fault, operation: "YY009")
        options.faultDetails.retryAfterSeconds = 7
        try await Office.open(options) { office in
            office.sendShanghai(
                Office.call(
                    "YY009", Office.document(Office.orderMain("PO-1", lines: 1), [Office.line(1)]), user: "H330001",
                    password: "a shared secret", institution: "H330001"))
            let answer = try #require(office.wire.answer())
            #expect(answer.status == status && answer.headers["retry-after"] == "7" && answer.body.isEmpty)
            #expect(office.statement.orders.isEmpty)
            _ = try office.fill("PO-1")
        }
    }
}

extension Office {
    fileprivate func fetchTokenWhenItListens() throws {
        while true {
            do { try reconnect() } catch is Wire.Unreachable { continue }
            let body = #"{"appCode":"\#(account.appCode)","authCode":"\#(account.authCode)"}"#
            wire.post("/zhejiang-drugs/token", try zhejiangHeaders(body), body)
            // A connection that was made just before the listener went goes with it.
            guard let answer = wire.answer() else { continue }
            token = try #require(try JSONValue(parsing: answer.body)["output"]?["data"]?["accessToken"]?.string)
            return
        }
    }
}

import PlatformExchange
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("The gate of an account")
struct GateTests {
    private func gate<Value: Sendable>(_ bench: ExchangeBench, _ body: @escaping @Sendable (Gate) throws -> Value) async throws
        -> Value
    {
        let id = bench.consortium.id
        return try await bench.write { try body(Gate($0, of: id, at: "zhejiang-drugs")) }
    }

    private func second(_ number: Int64) -> Instant { Instant(microseconds: Instant.ofTests.microseconds + number * 1_000_000) }

    @Test("calls take places one pause apart, whoever asks")
    func places() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let places = try await withThrowingTaskGroup { group in
                for _ in 0..<10 { group.addTask { try await gate(bench) { try $0.place(pausing: .seconds(5), at: second(0)) } } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(places.sorted() == (0..<10).map { second($0 * 5) })
            #expect(try await gate(bench) { try $0.place(pausing: .seconds(5), at: second(100)) } == second(100))
        }
    }

    @Test("it is held for as long as the platform wished, whatever else the platform answers meanwhile")
    func held() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            try await gate(bench) { try $0.hold(until: second(30)) }
            try await gate(bench) { try $0.hold(until: second(20)) }
            try await gate(bench) { try $0.succeed() }
            #expect(
                try await gate(bench) { try $0.passage(probingUntil: second(60), at: second(29)) } == .closed(until: second(30)))
            #expect(try await gate(bench) { try $0.passage(probingUntil: second(60), at: second(30)) } == .open)
        }
    }

    @Test("it closes after five failures one after the other, one probes, and an answer opens it")
    func closes() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            for failure in 1...Gate.failuresMost {
                #expect(
                    try await gate(bench) { try $0.passage(probingUntil: second(60), at: second(0)) } == .open,
                    "before failure \(failure)")
                try await gate(bench) { gate in try gate.fail(at: second(0)) { second(Int64($0) * 10) } }
            }
            #expect(try await gate(bench) { try $0.passage(probingUntil: second(60), at: second(9)) } == .closed(until: second(10)))
            let passages = try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask { try await gate(bench) { try $0.passage(probingUntil: second(60), at: second(10)) } }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(passages.filter { $0 == .probe }.count == 1 && passages.filter { $0 == .closed(until: second(60)) }.count == 7)
            try await gate(bench) { gate in try gate.fail(at: second(11)) { second(11 + Int64($0) * 10) } }
            #expect(
                try await gate(bench) { try $0.passage(probingUntil: second(90), at: second(12)) } == .closed(until: second(31)))
            try await gate(bench) { try $0.succeed() }
            #expect(try await gate(bench) { try $0.passage(probingUntil: second(90), at: second(12)) } == .open)
        }
    }

    @Test("a probe that has had nothing to call for passes its turn on, and failures stay counted")
    func eases() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            for _ in 1...Gate.failuresMost {
                try await gate(bench) { gate in try gate.fail(at: second(0)) { second(Int64($0) * 10) } }
            }
            #expect(try await gate(bench) { try $0.passage(probingUntil: second(60), at: second(10)) } == .probe)
            #expect(
                try await gate(bench) { try $0.passage(probingUntil: second(90), at: second(30)) } == .closed(until: second(60)))
            try await gate(bench) { try $0.ease(at: second(30)) }
            #expect(try await gate(bench) { try $0.passage(probingUntil: second(90), at: second(30)) } == .probe)
            try await gate(bench) { gate in try gate.fail(at: second(31)) { second(31 + Int64($0) * 10) } }
            #expect(
                try await gate(bench) { try $0.passage(probingUntil: second(90), at: second(32)) } == .closed(until: second(51)))
        }
    }
}

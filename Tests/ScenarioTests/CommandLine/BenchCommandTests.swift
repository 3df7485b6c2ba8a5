import Foundation
import TestSupport
import Testing

@Suite("Measurements in a database of their own")
struct BenchCommandTests {
    @Test("the way to a platform is measured beside curl and with messages waiting, and nothing is left behind")
    func exchange() async throws {
        let place = "/tmp/lianyao-bench-exchange-\(getpid())"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let outcome = try await StartedProgram(
            ["bench", "exchange", "--requests", "20", "--rounds", "1", "--pending", "300", "--told", "100"],
            home: repositoryRoot, variables: ["TMPDIR=\(place)"]
        ).outcome()
        #expect(outcome.code == 0, "\(outcome)")
        for part in ["20 orders of 40 lines", "of curl's throughput", "Index Scan using document_due", "kB in memory", "verify: no row"] {
            #expect(outcome.output.contains(part), "\(part): \(outcome.output)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == [])
    }

    @Test("one that is interrupted leaves neither server nor files behind", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        let place = "/tmp/lianyao-interrupted-\(signal)-\(getpid())"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let program = try StartedProgram(
            ["simulate", "refills", "--patients", "300", "--pharmacies", "2"], home: repositoryRoot, variables: ["TMPDIR=\(place)"])
        try await program.wait(for: "day 28 of")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).count == 1)
        program.send(signal)
        let outcome = await program.outcome()
        #expect(outcome.code == 130 && outcome.errors == "lianyao: The command was interrupted.\n", "\(outcome)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == [])
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Measurements in a database of their own")
struct BenchCommandTests {
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

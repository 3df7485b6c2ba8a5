import TestSupport
import Testing

@Suite("Orders on their way to platforms", .timeLimit(.minutes(30)))
struct ExchangeTrialTests {
    @Test("through every fault, with dispatchers killed and the database restarted, each line is there exactly once")
    func storm() async throws {
        let outcome = try await StartedProgram(
            ["simulate", "exchange", "--orders", "500", "--lines", "80", "--kills", "8", "--restarts", "2", "--faults", "300"],
            home: repositoryRoot
        ).outcome()
        print(outcome.output)
        #expect(outcome.code == 0, "\(outcome)")
        #expect(outcome.output.contains("ok: 500 orders, 0 missing on the platforms") && !outcome.output.contains("NOT OK"))
        #expect(outcome.output.contains("verify: no row"))
    }
}

import TestSupport
import Testing

@Suite("The platforms at the command line")
struct ExchangePlatformsCommandTests {
    @Test("are listed with what they can be told, and those that are declared only with what is unknown")
    func lists() async throws {
        let listed = try await StartedProgram(["exchange", "platforms"], home: repositoryRoot).outcome()
        #expect(listed.code == 0, "\(listed.errors)")
        let lines = listed.output.split(separator: "\n").map(String.init)
        func behind(_ code: String) -> [String] {
            guard let title = lines.firstIndex(where: { $0.hasPrefix("\(code)  ") }) else { return [] }
            return Array(lines[(title + 1)...].prefix { $0.hasPrefix("  ") })
        }
        #expect(behind("nanjing-drugs").first?.hasPrefix("  tells apply-return, change-order, create-order") == true)
        let declared = behind("guangdong-drugs")
        #expect(declared.first == "  declared only: no account can be registered there")
        #expect(declared.count { $0.hasPrefix("  unknown: ") } >= 4 && declared.contains { $0.hasPrefix("  known: ") })
    }
}

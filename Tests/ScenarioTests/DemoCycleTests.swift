import Foundation
import TestSupport
import Testing

@Suite("The main job")
struct DemoCycleTests {
    @Test("runs from requisition to dispensing through a running server, twice in a row, and leaves no defect")
    func twiceInARow() async throws {
        try await withProgram { program in
            #expect(try await program.run("migrate").code == 0)
            let catalogs = try catalogFiles()
            let imported = try await StartedProgram(
                ["catalog", "import"] + catalogs + ["--data-directory", program.dataDirectory], home: repositoryRoot
            ).outcome()
            #expect(imported.code == 0, "\(imported.errors)")
            #expect(try await program.run("demo", "load").code == 0)
            let service = try StartedProgram(
                ["serve", "--port", "0", "--development-sign-in", "--data-directory", program.dataDirectory], home: repositoryRoot)
            let page = try await service.wait(for: "pages")
            let server = String(page.prefix(while: { !$0.isWhitespace }).dropLast())
            for round in 1...2 {
                let cycle = try await program.run("demo", "cycle", "--server", server, "--bidding-seconds", "45")
                #expect(cycle.code == 0, "round \(round): \(cycle.errors)")
                #expect(cycle.output.hasSuffix("verify: no row\n"), "round \(round)")
                for platform in ["zhejiang-drugs", "shanghai-drugs"] {
                    let compared = cycle.output.split(separator: "\n").filter { $0.contains("\(platform):") && $0.contains("lines compared") }
                    #expect(!compared.isEmpty && compared.allSatisfy { $0.hasSuffix(" 0 differences") }, "round \(round)")
                    #expect(round > 1 || compared.allSatisfy { !$0.contains(" 0 lines") }, "\(compared)")
                }
                for said in ["请领", "汇总", "招标", "定标", "订单", "验收", "short", "rejected", "发药", "退药"] {
                    #expect(cycle.output.contains(said), "round \(round) does not say \(said)")
                }
            }
            service.send(SIGTERM)
            #expect(await service.outcome().code == 0)
        }
    }

    private func catalogFiles() throws -> [String] {
        let root = "\(repositoryRoot)/Catalogs"
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".csv") }.sorted().map { "\(root)/\($0)" }
    }
}

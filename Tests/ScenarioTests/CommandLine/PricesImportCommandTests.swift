import Foundation
import TestSupport
import Testing

@Suite("Importing prices at the command line")
struct PricesImportCommandTests {
    @Test("a list is imported once, a bad row is named with its line, and an unknown platform is one sentence")
    func imports() async throws {
        try await withProgram { program in
            #expect(try await program.run("migrate").code == 0)
            let catalogs = ["units/units", "dosage-forms/dosage-forms", "products/products", "articles/articles"]
                .map { "\(repositoryRoot)/Catalogs/\($0).csv" }
            let imported = try await StartedProgram(
                ["catalog", "import"] + catalogs + ["--data-directory", program.dataDirectory], home: repositoryRoot
            ).outcome()
            #expect(imported.code == 0, "\(imported.errors)")
            let list = program.dataDirectory + "/list.csv"
            func importing(_ rows: String..., platform: String = "330000", more: [String] = []) async throws -> ProgramUnderTest.Outcome {
                try (["article,pack_price,valid_from,valid_through"] + rows).joined(separator: "\n")
                    .write(toFile: list, atomically: true, encoding: .utf8)
                return try await StartedProgram(
                    ["prices", "import", list, "--platform", platform, "--source", "浙药采〔2026〕3号", "--data-directory", program.dataDirectory]
                        + more, home: repositoryRoot
                ).outcome()
            }
            let row = "XA02ADL183A005010301007,11.23,2026-01-01,"
            let bad = try await importing(row, "XA02ADL183A005010301007,zero,2026-01-01,")
            #expect(bad.code == 1 && bad.output.contains("\(list):3: pack_price: "), "\(bad)")
            #expect(bad.errors.hasPrefix("lianyao: Nothing was imported: 1 rows cannot be used"), "\(bad)")
            let good = try await importing(row)
            #expect(good.code == 0 && good.output == "\(list): 1 rows: 1 new, 0 changed, 0 unchanged, 0 unusable\n", "\(good)")
            let again = try await importing(row)
            #expect(again.code == 0 && again.output.contains("1 rows: 0 new, 0 changed, 1 unchanged"), "\(again)")
            let ceiling = try await importing(row, more: ["--kind", "ceiling"])
            #expect(ceiling.code == 0 && ceiling.output.contains("1 rows: 1 new"), "\(ceiling)")
            let nowhere = try await importing(row, platform: "990000")
            #expect(nowhere.code == 1 && nowhere.errors == "lianyao: There is no such platform: 990000.\n", "\(nowhere)")
        }
    }
}

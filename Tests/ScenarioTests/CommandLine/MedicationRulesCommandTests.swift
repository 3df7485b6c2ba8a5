import Foundation
import MedicationRules
import TestSupport
import Testing

@Suite("Medication rules at the command line")
struct MedicationRulesCommandTests {
    @Test("the rule catalogue is imported whole with other catalogues, and a region's limit is recorded")
    func imports() async throws {
        try await withProgram { program in
            #expect(try await program.run("migrate").code == 0)
            let units = "\(repositoryRoot)/Catalogs/units/units.csv"
            var paths: [String] = []
            for file in try ShippedRules.files() {
                let path = program.dataDirectory + "/" + file.path.replacingOccurrences(of: "/", with: "-")
                try Data(file.bytes).write(to: URL(fileURLWithPath: path))
                paths.append(path)
            }
            func importing(_ files: [String]) async throws -> ProgramUnderTest.Outcome {
                try await StartedProgram(
                    ["catalog", "import"] + files + ["--data-directory", program.dataDirectory], home: repositoryRoot
                ).outcome()
            }
            let missing = try await importing([units] + paths.dropLast())
            #expect(missing.code == 1 && missing.errors.contains("imported together: duplicate-exceptions"), "\(missing)")
            let doses = try #require(paths.first { $0.hasSuffix("dose-limits.csv") })
            let text = try String(contentsOfFile: doses, encoding: .utf8)
            try text.replacingOccurrences(of: "D001,paracetamol", with: "D001,paracetamo")
                .write(toFile: doses, atomically: true, encoding: .utf8)
            let bad = try await importing([units] + paths)
            #expect(bad.code == 1 && bad.output.contains("\(doses):2: substance: "), "\(bad)")
            #expect(bad.errors.hasPrefix("lianyao: Nothing was imported: 1 rows cannot be used"), "\(bad)")
            try text.write(toFile: doses, atomically: true, encoding: .utf8)
            let good = try await importing([units] + paths)
            #expect(good.code == 0 && good.output.contains("rule catalogue 2026.1: ") && good.output.contains(" rows, new"), "\(good)")
            #expect(good.output.contains("19 new"), "\(good)")
            let again = try await importing(paths)
            #expect(again.code == 0 && again.output.contains(" rows, known"), "\(again)")

            func setting(_ arguments: String...) async throws -> ProgramUnderTest.Outcome {
                try await StartedProgram(
                    ["medication-rules", "set-regional-limit"] + arguments + ["--data-directory", program.dataDirectory],
                    home: repositoryRoot
                ).outcome()
            }
            let set = try await setting("long-days-most", "56", "--region", "150000", "--from", "2026-12-01", "--source", "通知")
            #expect(set.code == 0 && set.output == "long-days-most is 56 in 150000 from 2026-12-01 on\n", "\(set)")
            let nowhere = try await setting("long-days-most", "56", "--region", "150625", "--from", "2026-12-01", "--source", "通知")
            #expect(nowhere.code == 1 && nowhere.errors.contains("six digits"), "\(nowhere)")
        }
    }
}

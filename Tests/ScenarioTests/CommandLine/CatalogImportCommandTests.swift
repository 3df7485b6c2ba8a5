import Foundation
import TestSupport
import Testing

@Suite("Importing catalogues at the command line")
struct CatalogImportCommandTests {
    private static let good = "code,chinese,english,kind\ntab,片,tablet,count\n"
    private static let bad = "code,chinese,english,kind\nml,毫升,millilitre,volume\nkg,千克,kilogram,weight\n,空,nothing,count\n"

    @Test("a bad row is named with its line and reason, and nothing of any file is imported until the rest is accepted")
    func namesBadRows() async throws {
        try await withProgram { program in
            #expect(try await program.run("migrate").code == 0)
            let (good, bad) = (program.dataDirectory + "/good.csv", program.dataDirectory + "/bad.csv")
            try Self.good.write(toFile: good, atomically: true, encoding: .utf8)
            try Self.bad.write(toFile: bad, atomically: true, encoding: .utf8)

            let refused = try await program.run("catalog", "import", good, bad)
            #expect(refused.code == 1)
            #expect(refused.output.contains("\(bad):3: kind: ") && refused.output.contains("\(bad):4: code: "), "\(refused)")
            #expect(refused.output.contains("\(bad): 3 rows: 1 new, 0 changed, 0 unchanged, 2 unusable"), "\(refused)")
            #expect(refused.errors.hasPrefix("lianyao: Nothing was imported: 2 rows cannot be used"), "\(refused)")

            // The sound rows of both files are still new: the refused import changed nothing.
            let accepted = try await program.run("catalog", "import", good, bad, "--accept-the-rest")
            #expect(accepted.code == 0 && accepted.output.contains("\(good): 1 rows: 1 new"), "\(accepted)")
            #expect(accepted.output.contains("\(bad): 3 rows: 1 new"), "\(accepted)")

            let again = try await program.run("catalog", "import", good)
            #expect(again.code == 0 && again.output.contains("\(good): 1 rows: 0 new, 0 changed, 1 unchanged"), "\(again)")
        }
    }

    @Test("a file that is not there or is no catalogue is one sentence")
    func unknownFile() async throws {
        try await withProgram { program in
            let missing = try await program.run("catalog", "import", "/nowhere/units.csv")
            #expect(missing.code == 1 && missing.errors == "lianyao: There is no file /nowhere/units.csv.\n")
            let other = try await program.run("catalog", "import", "\(repositoryRoot)/db/seeds/consortia.csv")
            #expect(other.code == 1 && other.errors.hasPrefix("lianyao: \(repositoryRoot)/db/seeds/consortia.csv: "), "\(other)")
            #expect(other.errors.count(where: \.isNewline) == 1)
        }
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Editions of catalogues at the command line")
struct CatalogEditionCommandTests {
    private static let header =
        "insurance_code,product_code,trade_name,manufacturer,approval_number,base_code,gtin,pack_size,pack_unit,pack_text,reference_price"
    private static let units = "code,chinese,english,kind\ncapsule,粒,capsule,count\n"
    private static let forms = "code,chinese,english,route\ncapsule,胶囊,capsule,oral\n"
    private static let products = """
        code,kind,generic_name,english_name,dosage_form,strength,base_unit,drug_class,reimbursement,essential,volume_based,\
        long_prescription,special_control,storage,light_protected,disease_groups,pinyin
        T1,western,阿莫西林胶囊,amoxicillin,capsule,0.25g,capsule,XJ01CA,A,yes,no,no,none,room,no,,

        """

    private static func row(_ maker: Int, _ price: String) -> String {
        "XJ01CAA040E0010101\(maker),T1,,某某制药有限公司,国药准字H20073872,,,24,盒,24粒/盒,\(price)"
    }

    private static func written(_ lines: [String], _ name: String, _ program: ProgramUnderTest) throws -> String {
        let path = "\(program.dataDirectory)/\(name).csv"
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("an edition is shown before it is accepted, and with --accept at once")
    func editions() async throws {
        try await withProgram { program in
            #expect(try await program.run("migrate").code == 0)
            let files = try [Self.units, Self.forms, Self.products].enumerated().map {
                try Self.written([$1], "file\($0)", program)
            }
            #expect(try await program.run(["catalog", "import"] + files).code == 0)
            let first = try Self.written([Self.header, Self.row(10_001, "10.00"), Self.row(10_002, "10.00")], "first", program)
            let accepted = try await program.run(
                "catalog", "import", first, "--catalogue", "国家目录", "--edition", "2024", "--accept")
            #expect(accepted.code == 0 && accepted.output.contains("2 added") && accepted.output.contains("accepted as number 1"))

            let second = try Self.written([Self.header, Self.row(10_001, "12.00"), Self.row(10_003, "9.00")], "second", program)
            let shown = try await program.run("catalog", "import", second, "--catalogue", "国家目录", "--edition", "2025")
            #expect(shown.code == 0, "\(shown)")
            #expect(shown.output.contains("1 added, 0 listed, 1 changed, 1 in price, 0 returned, 1 withdrawn"), "\(shown.output)")
            #expect(shown.output.contains("reference_price: 10.00 → 12.00 (+20 %)"), "\(shown.output)")
            #expect(shown.output.contains("withdrawn: 阿莫西林胶囊 0.25g 某某制药有限公司 24粒/盒 XJ01CAA040E001010110002"))
            let listed = try await program.run("catalog", "editions")
            let id = try #require(listed.output.split(separator: " ").first.map(String.init))
            let priced = try await program.run("catalog", "changes", id, "--prices")
            #expect(priced.output.split(separator: "\n").count == 3, "\(priced.output)")
            let done = try await program.run("catalog", "accept", id)
            #expect(done.code == 0 && done.output.contains("2025, from") && done.output.contains(" accepted: "), "\(done)")
            let again = try await program.run("catalog", "discard", id)
            #expect(again.code == 1 && again.errors.contains("has been accepted or discarded already"), "\(again)")
            let verified = try await program.run("verify")
            #expect(verified.code == 0, "\(verified)")
        }
    }

    @Test("arguments that do not go together are refused")
    func arguments() async throws {
        try await withProgram { program in
            for arguments in [
                ["x.csv", "--catalogue", "国家目录"], ["x.csv", "--accept"],
                ["x.csv", "y.csv", "--catalogue", "国家目录", "--edition", "1"], ["x.csv", "--encoding", "latin1"],
                ["x.csv", "--catalogue", "国家目录", "--edition", "1", "--valid-from", "2026-02-30"],
            ] {
                let outcome = try await program.run(["catalog", "import"] + arguments)
                #expect(outcome.code == 64, "\(arguments)")
            }
            let unknown = try await program.run("catalog", "accept", "17")
            #expect(unknown.code == 64)
        }
    }
}

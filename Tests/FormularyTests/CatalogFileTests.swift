import Formulary
import Primitives
import Testing

@Suite("CSV files")
struct CatalogFileTests {
    private func read(_ text: String) throws -> CatalogFile { try CatalogFile(Array(text.utf8)) }

    @Test(
        "fields, line ends and quotes are read as RFC 4180 writes them",
        arguments: [
            ("a,b\n1,2\n", [["1", "2"]]), ("a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]]),
            ("a,b\n\"1,5\",2", [["1,5", "2"]]),
            ("a,b\n\"say \"\"no\"\"\",2", [["say \"no\"", "2"]]), ("a,b\n\"two\r\nlines\",2\n", [["two\r\nlines", "2"]]),
            ("a,b\n,\n", [["", ""]]), ("a,b\n\"\",\"\"\n", [["", ""]]), ("a,b\n1\n", [["1"]]),
            ("a,b\n\n1,2\n\n", [["1", "2"]]),
            ("a,b\n一,二\n", [["一", "二"]]), ("a,b\n 1 ,2\n", [[" 1 ", "2"]]), ("a\nx\ry\n", [["x\ry"]]),
        ] as [(String, [[String]])])
    func reading(text: String, rows: [[String]]) throws {
        #expect(try read(text).records.map(\.fields) == rows)
    }

    @Test("a byte order mark is no part of the first name")
    func byteOrderMark() throws {
        #expect(try CatalogFile([0xEF, 0xBB, 0xBF] + Array("a,b\n1,2".utf8)).header == ["a", "b"])
    }

    @Test("a record knows the line it begins on, whatever its fields hold")
    func lineNumbers() throws {
        let file = try read("a,b\r\n1,2\r\n\"x\r\ny\r\nz\",4\r\n\r\n5,6\r\n")
        #expect(file.records.map(\.line) == [2, 3, 7])
    }

    @Test(
        "a file that cannot be read is refused with its line",
        arguments: [
            ("a,b\n1,2\n\"open,3\n4,5\n", "formulary.catalog-quote-open", "line 3"),
            ("a,b\n1,\"2\"x\n", "formulary.catalog-quote-misplaced", "line 2"),
            ("a,b\n1,2\n5\"x,2\n", "formulary.catalog-quote-misplaced", "line 3"),
            ("a,b\n", "formulary.catalog-empty", "1 lines"), ("", "formulary.catalog-empty", "0 lines"),
        ])
    func refusals(text: String, code: String, detail: String) {
        let refusal = #expect(throws: FormularyRefusal.self) { try read(text) }
        #expect(refusal?.code.rawValue == code)
        #expect(refusal?.detail.contains(detail) == true, "\(refusal?.detail ?? "")")
    }

    @Test("bytes that are not UTF-8 are refused with their line")
    func notUTF8() {
        let gbk: [UInt8] = Array("a,b\n1,2\n3,".utf8) + [0xB0, 0xA2] + Array("\n".utf8)
        let refusal = #expect(throws: FormularyRefusal.self) { try CatalogFile(gbk) }
        #expect(refusal?.code.rawValue == "formulary.catalog-not-utf8")
        #expect(refusal?.detail == "line 3")
        let quoted: [UInt8] = Array("a,b\n1,\"2\n3\n".utf8) + [0xFF] + Array("\"\n".utf8)
        #expect(#expect(throws: FormularyRefusal.self) { try CatalogFile(quoted) }?.detail == "line 4")
        #expect(#expect(throws: FormularyRefusal.self) { try CatalogFile([0xFF, 0xFE, 0x61, 0x00]) }?.detail == "line 1")
    }

    @Test("a file above the limit is refused")
    func tooLarge() {
        let refusal = #expect(throws: FormularyRefusal.self) {
            try CatalogFile([UInt8](repeating: UInt8(ascii: "a"), count: CatalogFile.bytesMax + 1))
        }
        #expect(refusal?.code.rawValue == "formulary.catalog-too-large")
    }

    @Test("each kind is known by its columns, in any order")
    func kinds() throws {
        for kind in CatalogKind.allCases {
            #expect(try CatalogKind(header: kind.columns) == kind)
            #expect(try CatalogKind(header: kind.columns.reversed()) == kind)
        }
    }

    @Test(
        "missing, unknown and repeated columns are named",
        arguments: [
            (["code", "chinese", "english"], "formulary.catalog-columns-missing", "kind, level, route"),
            (["code", "chinese", "english", "kind", "colour"], "formulary.catalog-columns-unknown", "colour"),
            (["code", "chinese", "english", "kind", "code"], "formulary.catalog-columns-repeated", "code"),
            (["id", "name"], "formulary.catalog-kind-unknown", "id, name"),
        ])
    func badHeaders(header: [String], code: String, names: String) {
        let refusal = #expect(throws: FormularyRefusal.self) { try CatalogKind(header: header) }
        #expect(refusal?.code.rawValue == code)
        #expect(names.contains(refusal?.detail ?? "nothing"), "\(refusal?.detail ?? "")")
    }
}

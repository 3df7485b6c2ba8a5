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

    @Test("bytes that are neither UTF-8 nor GB 18030 are refused with their line")
    func inNoEncoding() {
        let neither: [UInt8] = Array("a,b\n1,\"2\n3\n".utf8) + [0xFF] + Array("\"\n".utf8)
        let refusal = #expect(throws: FormularyRefusal.self) { try CatalogFile(neither) }
        #expect(refusal?.code.rawValue == "formulary.catalog-not-utf8")
        #expect(refusal?.detail == "line 4")
        let utf16 = #expect(throws: FormularyRefusal.self) { try CatalogFile([0xFF, 0xFE, 0x61, 0x00]) }
        #expect(utf16?.code.rawValue == "formulary.catalog-not-utf8" && utf16?.detail.hasPrefix("line 1: ") == true)
        let withoutMark = #expect(throws: FormularyRefusal.self) { try CatalogFile(Array("a\0,\0b\0\n\0".utf8)) }
        #expect(withoutMark?.detail.contains("UTF-16") == true)
    }

    @Test("a few damaged bytes do not turn UTF-8 into GB 18030: they are refused at their line, also within a field")
    func damagedUTF8() {
        let damaged = Array("名称,b\n阿莫西林,2\n\"头孢\n克".utf8) + [0xE6, 0xB4] + Array("洛\",3\n".utf8)
        let refusal = #expect(throws: FormularyRefusal.self) { try CatalogFile(damaged) }
        #expect(refusal?.detail == "line 4")
        // A mark says UTF-8, whatever follows.
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("a\n".utf8) + [0xB0, 0xA2]
        #expect(#expect(throws: FormularyRefusal.self) { try CatalogFile(marked) }?.detail == "line 2")
    }

    @Test("GB 18030 is read as what it says, of two bytes and of four")
    func gb18030() throws {
        // 阿莫西林 in GB 2312, 㐀 in four bytes (U+3400).
        let bytes: [UInt8] =
            Array("a,b\n".utf8) + [0xB0, 0xA2, 0xC4, 0xAA, 0xCE, 0xF7, 0xC1, 0xD6, 0x2C, 0x81, 0x39, 0xEE, 0x39, 0x0A]
        #expect(try CatalogFile(bytes).records.map(\.fields) == [["阿莫西林", "㐀"]])
        // A character that the end cuts off.
        let cut = #expect(throws: FormularyRefusal.self) { try CatalogFile(bytes + Array("x,".utf8) + [0xB0]) }
        #expect(cut?.code.rawValue == "formulary.catalog-not-utf8" && cut?.detail == "line 3")
    }

    @Test("GB 18030 and quoted fields are read whole wherever the parts of a long file end", arguments: [0, 1, 2, 3])
    func partsOfAFile(shift: Int) throws {
        let name: [UInt8] = [0xB0, 0xA2, 0xC4, 0xAA, 0xCE, 0xF7, 0xC1, 0xD6]
        let row = name + Array(",\"x\"\"y\",".utf8) + name + Array("\r\n".utf8)
        let count = 40_000
        let bytes = Array("a,b,c\r\n".utf8) + Array(repeating: UInt8(ascii: "z"), count: shift) + (0..<count).flatMap { _ in row }
        let records = try CatalogFile(bytes).records
        #expect(records.count == count && records.last?.line == count + 1)
        #expect(records.dropFirst().allSatisfy { $0.fields == ["阿莫西林", "x\"y", "阿莫西林"] })
    }

    @Test(
        "other separators and line ends are found out",
        arguments: [
            ("a\tb\n1,5\t2\n", [["1,5", "2"]]), ("a;b\r\n\"1;5\";2\r\n", [["1;5", "2"]]), ("a,b;c\n1,2\n", [["1", "2"]]),
            ("a,b\r1,2\r\r3,4", [["1", "2"], ["3", "4"]]), ("a,b\r\"1\r2\",3\r", [["1\r2", "3"]]),
            ("a,b,,\n1,2,,\n", [["1", "2", "", ""]]),
        ] as [(String, [[String]])])
    func otherSeparators(text: String, rows: [[String]]) throws {
        #expect(try read(text).records.map(\.fields) == rows)
    }

    @Test("a workbook that was handed in by mistake is refused by what it is", arguments: [[0x50, 0x4B, 3, 4], [0xD0, 0xCF, 0x11, 0xE0]])
    func workbook(beginning: [UInt8]) {
        let refusal = #expect(throws: FormularyRefusal.self) { try CatalogFile(beginning + Array("a,b\n1,2\n".utf8)) }
        #expect(refusal?.code.rawValue == "formulary.catalog-spreadsheet")
    }

    @Test("a quote that is never closed is found within a megabyte, by the line it opens on")
    func rowTooLong() {
        let refusal = #expect(throws: FormularyRefusal.self) {
            try CatalogFile(Array("a,b\n1,2\n\"".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20))
        }
        #expect(refusal?.code.rawValue == "formulary.catalog-row-too-long")
        #expect(refusal?.detail.hasPrefix("line 3: ") == true)
    }

    @Test("a file that cannot be opened is refused")
    func unreadable() {
        let refusal = #expect(throws: FormularyRefusal.self) { try CatalogKind(of: .file(path: "/nowhere/articles.csv")) }
        #expect(refusal?.code.rawValue == "formulary.catalog-unreadable")
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

import StrictXML
import Testing

@Suite("Encodings")
struct EncodingTests {
    private let reader = XMLReader()
    /// 上海药品 in GB 2312.
    private let shanghai: [UInt8] = [0xC9, 0xCF, 0xBA, 0xA3, 0xD2, 0xA9, 0xC6, 0xB7]

    private func declaring(_ encoding: String, _ text: [UInt8]) -> [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"\(encoding)\"?><a>".utf8) + text + Array("</a>".utf8)
    }

    @Test(
        "the Chinese encodings are read under each of their names",
        arguments: ["GB2312", "gb2312", "GBK", "gbk", "GB18030", "EUC-CN"])
    func chinese(name: String) throws {
        #expect(try reader.read(declaring(name, shanghai)).text == "上海药品")
        // 镕 is in GBK and not in GB 2312; 𠀀 has four bytes in GB 18030.
        #expect(try reader.read(declaring(name, [0xE9, 0x46, 0x95, 0x32, 0x82, 0x36])).text == "镕𠀀")
    }

    @Test("a character of GB 18030 may lie across two pieces")
    func acrossPieces() throws {
        let quad: [UInt8] = [0x95, 0x32, 0x82, 0x36]
        for shift in 0..<4 {
            let text = [UInt8](repeating: 0x20, count: shift) + [[UInt8]](repeating: quad, count: 10_000).flatMap { $0 }
            let tree = try reader.read(declaring("GB18030", text))
            #expect(tree.text == String(repeating: " ", count: shift) + String(repeating: "𠀀", count: 10_000))
        }
    }

    @Test("bytes that are not of the declared Chinese encoding are refused")
    func badChinese() {
        expectRefused(declaring("GBK", [0xFF, 0xFF]), .undecodable)
        expectRefused(declaring("GBK", [0xC9, 0x20]), .undecodable)
        expectRefused(Array(declaring("GBK", shanghai).dropLast(5)), .truncated)
        expectRefused([0xEF, 0xBB, 0xBF] + declaring("GBK", shanghai), .undecodable)
        // Declared so late that the document would have to be kept to be read again.
        let blanks = String(repeating: " ", count: 40_000)
        expectRefused(Array("<?xml version='1.0'\(blanks)encoding='GBK'?><a/>".utf8), .encoding("GBK"))
    }

    @Test("a zero among the first bytes is UTF-16 or refused, never decoded twice", arguments: [true, false])
    func zeros(bigEndian: Bool) throws {
        #expect(try reader.read(utf16("\n<a>药</a>", bigEndian: bigEndian, mark: false)).text == "药")
        let half: [UInt8] = bigEndian ? [0xD8, 0x00] : [0x00, 0xD8]
        let start = utf16("\n<a>", bigEndian: bigEndian, mark: false)
        expectRefused(start + half + utf16("</a>", bigEndian: bigEndian, mark: false), .undecodable)
        expectRefused(utf16("<\u{0}a\u{0}/\u{0}>\u{0}", bigEndian: bigEndian), .notWellFormed)
        #expect(throws: XMLRefusal.self) { try reader.read("<\u{0}a\u{0}/\u{0}>\u{0}") }
        #expect(throws: XMLRefusal.self) { try reader.read([0, 0, 0x3C, 0x61, 0x2F, 0x3E]) }
    }

    @Test("UTF-16 is read with a byte order mark and without", arguments: [true, false], [true, false])
    func unicode(bigEndian: Bool, mark: Bool) throws {
        for declared in ["", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-16'?>"] {
            let bytes = utf16("\(declared)<a>药𠀀\u{FFFD}</a>", bigEndian: bigEndian, mark: mark)
            #expect(try reader.read(bytes).text == "药𠀀\u{FFFD}")
        }
        let long = String(repeating: "𠀀", count: 10_000)
        #expect(try reader.read(utf16("<a>x\(long)</a>", bigEndian: bigEndian, mark: mark)).text == "x" + long)
        expectRefused(utf16("<?xml version='1.0' encoding='utf-8'?><a/>", bigEndian: bigEndian, mark: mark), .wrongEncoding)
        let swapped = String(Character(try #require(Unicode.Scalar(0xFFFE as UInt32))))
        expectRefused(utf16("<a>\(swapped)</a>", bigEndian: bigEndian, mark: mark), .notWellFormed)
        expectRefused(utf16("<a/>", bigEndian: bigEndian, mark: mark) + [0x00], .truncated)
    }

    @Test("half a surrogate pair never swallows what follows it", arguments: [0xD8, 0xDC] as [UInt8])
    func halfPairs(unit: UInt8) {
        let start = utf16("<a>", bigEndian: true)
        expectRefused(start + [unit, 0x00] + utf16("</a>", bigEndian: true, mark: false), .undecodable)
    }

    @Test("ISO-8859-1 is read as it is")
    func latin() throws {
        #expect(try reader.read(declaring("ISO-8859-1", [0xE9, 0xB5])).text == "éµ")
    }

    @Test("any other encoding is refused by its name", arguments: ["UTF-7", "Big5", "UTF-32", "windows-1252", "IBM037", "x.y_z-1"])
    func others(name: String) {
        let refusal = expectRefused(declaring(name, [0x78]), .encoding(name))
        #expect(refusal?.description == "XML refused at line 1, column 1: the encoding \(name) is not read")
    }

    @Test("the name of an encoding is shown in part when it is long")
    func longName() {
        expectRefused(declaring(String(repeating: "x", count: 10_000), []), .encoding(String(repeating: "x", count: 40)))
    }

    @Test("bytes that contradict their encoding are refused")
    func contradictions() {
        expectRefused(declaring("UTF-16", [0x78]), .wrongEncoding)
        expectRefused(declaring("UTF-8", shanghai), .notWellFormed)
        expectRefused(declaring("US-ASCII", Array("药".utf8)), .notWellFormed)
        expectRefused([0xFF, 0xFE, 0x00, 0x00] + Array("<a/>".utf8), .notWellFormed)
    }

    @Test("text that has been decoded may declare anything", arguments: ["GBK", "utf-16", "UTF-7", "ISO-8859-1", "nonsense"])
    func decoded(name: String) throws {
        #expect(try reader.read("<?xml version='1.0' encoding='\(name)'?><a>药é</a>").text == "药é")
    }
}

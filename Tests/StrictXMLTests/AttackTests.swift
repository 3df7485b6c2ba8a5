import StrictXML
import Testing

@Suite("Attacks on readers of XML")
struct AttackTests {
    private func doctype(_ subset: String, _ content: String) -> [UInt8] {
        Array("<?xml version='1.0'?><!DOCTYPE a [\(subset)]><a>\(content)</a>".utf8)
    }

    @Test("a billion laughs, a quadratic blow-up and a recursion are refused where their document type begins")
    func expansion() {
        let laughs = (1...9).map { level in
            "<!ENTITY l\(level) '" + String(repeating: "&l\(level - 1);", count: 10) + "'>"
        }
        let long = String(repeating: "x", count: 100_000)
        let attacks = [
            doctype("<!ENTITY l0 'lol'>" + laughs.joined(), "&l9;"),
            doctype("<!ENTITY x '\(long)'>", String(repeating: "&x;", count: 100_000)),
            doctype("<!ENTITY x '&y;'><!ENTITY y '&x;'>", "&x;"),
        ]
        for attack in attacks {
            let refusal = expectRefused(attack, .documentType)
            #expect(refusal?.line == 1 && refusal?.column == 34)
        }
    }

    @Test(
        "nothing outside the document is fetched",
        arguments: [
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY x PUBLIC 'p' 'http://localhost:1/x'>]><a b='&x;'/>",
            "<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><a/>",
            "<!DOCTYPE a [<!ENTITY % x '<!ENTITY y SYSTEM \"file:///etc/passwd\">'> %x;]><a>&y;</a>",
            "<!DOCTYPE a [%undefined;]><a/>",
            "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
            "<!DOCTYPE a [<!ATTLIST a b CDATA 'added'>]><a/>",
            "<!DOCTYPE a [<!NOTATION n SYSTEM 'x'>]><a/>",
        ])
    func outside(document: String) throws {
        expectRefused(Array(document.utf8), .documentType)
        let refusal = #expect(throws: XMLRefusal.self) { try XMLReader().read(document) }
        #expect(refusal?.kind == .documentType)
        expectRefused(utf16(document, bigEndian: true), .documentType)
    }

    @Test("inclusions and schema locations are attributes and elements like others")
    func inclusion() throws {
        let document = "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd' parse='text'/></a>"
        let tree = try XMLReader().read(document)
        #expect(tree.elements.count == 1 && tree.elements[0].children.isEmpty && tree.text == "")
    }

    @Test("a million levels are refused at the first too many")
    func depth() {
        let refusal = expectRefused(Array(nested(1_000_000).utf8), .tooDeep(max: 64))
        #expect(refusal?.column == 64 * 3 + 1)
    }

    @Test("fifty thousand attributes or namespaces on one element are refused")
    func attributes() {
        let many = 0..<50_000
        expectRefused(Array("<a \(many.map { "a\($0)=''" }.joined(separator: " "))/>".utf8), .tooManyAttributes(max: 64))
        expectRefused(Array("<a \(many.map { "xmlns:a\($0)='u'" }.joined(separator: " "))/>".utf8), .tooManyAttributes(max: 64))
    }

    @Test("a long namespace cannot be multiplied by short prefixes")
    func namespaces() {
        let address = String(repeating: "u", count: 100_000)
        expectRefused(
            Array("<a xmlns:p='\(address)'>\(String(repeating: "<p:b/>", count: 1_000))</a>".utf8), .nameTooLong(max: 512))
    }

    @Test("huge text, values, names and comments are refused")
    func huge() {
        let five = String(repeating: "x", count: 5 << 20)
        expectRefused(Array("<a>\(five)</a>".utf8), .textTooLong(max: 4 << 20))
        expectRefused(Array("<a><b/>\(five)<b/></a>".utf8), .textTooLong(max: 4 << 20))
        expectRefused(Array("<a b='\(five.prefix(65_537))'/>".utf8), .attributeTooLong(max: 64 << 10))
        expectRefused(Array("<a b='\(five)'/>".utf8), .markupTooLong(max: 1 << 20))
        expectRefused(Array("<\(five)/>".utf8), .markupTooLong(max: 1 << 20))
        expectRefused(Array("<a><!--\(five)--></a>".utf8), .markupTooLong(max: 1 << 20))
        expectRefused(Array("<a>\(five)\(five)</a>".utf8), .tooManyBytes(max: 8 << 20))
    }

    @Test("a namespace cannot pretend to be another by a separator in it")
    func separators() throws {
        expectRefused(Array("<a xmlns='u&#31;b'/>".utf8), .forbiddenCharacter)
        let tree = try XMLReader().read("<p:b xmlns:p='urn:x&#10;y z|{}'/>")
        #expect(tree.name == XMLName("b", in: "urn:x\ny z|{}"))
    }
}

import StrictXML
import Testing

@Suite("Writing")
struct WritingTests {
    private func written(_ tree: XMLTree, _ empty: XMLWriter.EmptyElements = .pair) throws -> String {
        try XMLWriter(declaration: false, emptyElements: empty).text(tree)
    }

    @Test("a message has these bytes, with or without declaration, empty elements in either form")
    func golden() throws {
        let message = XMLTree(
            "XMLDATA",
            elements: [
                XMLTree("HEAD", elements: [XMLTree("IP", text: "10.0.0.1"), XMLTree("BZXX")]),
                XMLTree("MAIN", attributes: [XMLAttribute("z", "1"), XMLAttribute("a", "2")], text: "药"),
            ])
        let pairs = #"<XMLDATA><HEAD><IP>10.0.0.1</IP><BZXX></BZXX></HEAD><MAIN z="1" a="2">药</MAIN></XMLDATA>"#
        #expect(try XMLWriter().bytes(message) == Array((declaration + pairs).utf8))
        #expect(try written(message) == pairs)
        #expect(try written(message, .single) == pairs.replacing("<BZXX></BZXX>", with: "<BZXX/>"))
        #expect(try written(XMLTree("a", text: "")) == "<a></a>")
    }

    @Test("an envelope has the prefixes it is given, and declares other namespaces where they begin")
    func envelope() throws {
        let xsi = "http://www.w3.org/2001/XMLSchema-instance"
        let envelope = XMLTree(
            XMLName("Envelope", in: soapNamespace),
            elements: [
                XMLTree(
                    XMLName("Body", in: soapNamespace),
                    elements: [
                        XMLTree(
                            XMLName("SendRecv", in: "http://tempuri.org/"),
                            elements: [
                                XMLTree(
                                    XMLName("sUser", in: "http://tempuri.org/"),
                                    attributes: [
                                        XMLAttribute(XMLName("type", in: xsi), "xsd:string"),
                                        XMLAttribute(XMLName("k", in: "urn:k"), "v"),
                                    ],
                                    text: "<x>"),
                                XMLTree("bare", elements: [XMLTree(XMLName("k", in: "urn:k"))]),
                            ])
                    ])
            ])
        let writer = XMLWriter(
            declaration: false, prefixes: ["soap": soapNamespace, "xsi": xsi, "xsd": "http://www.w3.org/2001/XMLSchema"])
        let text = try writer.text(envelope)
        #expect(
            text == """
                <soap:Envelope xmlns:soap="\(soapNamespace)" xmlns:xsi="\(xsi)" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>\
                <SendRecv xmlns="http://tempuri.org/"><sUser xmlns:ns1="urn:k" xsi:type="xsd:string" ns1:k="v">&lt;x&gt;</sUser>\
                <bare xmlns=""><k xmlns="urn:k"></k></bare></SendRecv></soap:Body></soap:Envelope>
                """)
        #expect(try XMLReader().read(text) == envelope)
    }

    @Test("what a reader would take for markup or change is written as a reference")
    func escapes() throws {
        let nasty = "&<>\"'\r\n\t]]>"
        #expect(
            try written(XMLTree("a", attributes: [XMLAttribute("b", nasty)], text: nasty))
                == "<a b=\"&amp;&lt;&gt;&quot;&apos;&#13;&#10;&#9;]]&gt;\">&amp;&lt;&gt;\"'&#13;\n\t]]&gt;</a>")
        #expect(try written(XMLTree("a", text: "\r\n")) == "<a>&#13;\n</a>")
        let lang = XMLAttribute(XMLName("lang", in: "http://www.w3.org/XML/1998/namespace"), "zh")
        #expect(try written(XMLTree("a", attributes: [lang])) == "<a xml:lang=\"zh\"></a>")
    }

    @Test(
        "a character that XML does not know is refused with the path of its element",
        arguments: [
            0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, 0xFFFE, 0xFFFF,
        ] as [UInt32])
    func forbidden(number: UInt32) throws {
        let text = "x" + String(Character(try #require(Unicode.Scalar(number))))
        let row = XMLTree("STRUCT", elements: [XMLTree("SXH", text: "1"), XMLTree("BZSM", text: "张三")])
        let bad = XMLTree("STRUCT", elements: [XMLTree("SXH", text: "1"), XMLTree("BZSM", text: text)])
        let refusal = #expect(throws: XMLUnwritable.self) {
            try XMLWriter().bytes(XMLTree("XMLDATA", elements: [XMLTree("HEAD"), row, row, bad]))
        }
        #expect(refusal?.kind == .forbiddenCharacter(number) && refusal?.path == ["XMLDATA", "STRUCT[3]", "BZSM"])
        #expect(
            refusal?.description
                == "XML cannot be written: XMLDATA/STRUCT[3]/BZSM holds the character number \(number), which XML does not allow")
        let attribute = #expect(throws: XMLUnwritable.self) { try written(XMLTree("a", attributes: [XMLAttribute("b", text)])) }
        #expect(attribute?.kind == .forbiddenCharacter(number) && attribute?.path == ["a"])
    }

    @Test(
        "names that are none are refused",
        arguments: ["", "1a", "-a", ".a", "a b", "a:b", "a/", "a>", "<a", "a\u{0}", "a=''", "药 b", "·药", "药/><药", "a💊"])
    func names(name: String) {
        let element = #expect(throws: XMLUnwritable.self) { try written(XMLTree("a", elements: [XMLTree(XMLName(name))])) }
        #expect(element?.kind == .name && element?.path == ["a", "?"])
        let attribute = #expect(throws: XMLUnwritable.self) {
            try written(XMLTree("a", attributes: [XMLAttribute(XMLName(name), "")]))
        }
        #expect(attribute?.kind == .name && attribute?.path == ["a"])
        let prefix = #expect(throws: XMLUnwritable.self) { try XMLWriter(prefixes: [name: "urn:a"]).bytes(XMLTree("a")) }
        #expect(prefix?.kind == .prefix(name))
    }

    @Test(
        "an attribute twice, a declaration as attribute, an impossible namespace",
        arguments: [
            (XMLTree("a", attributes: [XMLAttribute("b", "1"), XMLAttribute("b", "2")]), .repeatedAttribute),
            (
                XMLTree("a", attributes: [XMLAttribute(XMLName("b", in: "u"), "1"), XMLAttribute(XMLName("b", in: "u"), "2")]),
                .repeatedAttribute
            ),
            (XMLTree("a", attributes: [XMLAttribute("xmlns", "u")]), .name),
            (XMLTree(XMLName("a", in: "http://www.w3.org/2000/xmlns/")), .namespace),
            (XMLTree("a", attributes: [XMLAttribute(XMLName("b", in: "http://www.w3.org/2000/xmlns/"), "")]), .namespace),
            (XMLTree(XMLName("a", in: "u\u{1F}")), .namespace),
        ] as [(XMLTree, XMLUnwritable.Kind)])
    func impossible(tree: XMLTree, kind: XMLUnwritable.Kind) {
        let refusal = #expect(throws: XMLUnwritable.self) { try XMLWriter().bytes(tree) }
        #expect(refusal?.kind == kind && refusal?.path == ["a"])
    }

    @Test(
        "prefixes that cannot be declared are refused",
        arguments: [
            ("xml", ["xml": "urn:a"]), ("xmlns", ["xmlns": "urn:a"]), ("XmlFoo", ["XmlFoo": "urn:a"]), ("", ["": "urn:a"]),
            ("p", ["p": ""]),
            ("p", ["p": "http://www.w3.org/XML/1998/namespace"]), ("p", ["p": "http://www.w3.org/2000/xmlns/"]),
            ("p", ["p": "urn:a", "p": "urn:b"]),
            ("q", ["p": "urn:a", "q": "urn:a"]), ("p", ["p": "urn:\u{0}"]),
        ] as [(String, KeyValuePairs<String, String>)])
    func prefixes(prefix: String, prefixes: KeyValuePairs<String, String>) {
        let refusal = #expect(throws: XMLUnwritable.self) { try XMLWriter(prefixes: prefixes).bytes(XMLTree("a")) }
        #expect(refusal?.kind == .prefix(prefix))
    }

    @Test("attributes whose names differ only in their bytes are two")
    func namesByBytes() throws {
        let tree = XMLTree("a", attributes: [XMLAttribute("é", "1"), XMLAttribute("e\u{301}", "2")])
        let read = try XMLReader().read(try XMLWriter().bytes(tree))
        #expect(read.attributes.map { Array($0.name.local.utf8) } == [Array("é".utf8), Array("e\u{301}".utf8)])
    }
}

import StrictXML
import Testing

@Suite("Reading")
struct ReadingTests {
    private let reader = XMLReader()

    @Test(
        "text, sections, references and comments give what they stand for",
        arguments: [
            ("<a>x&lt;&amp;&#33;&#x836F;</a>", "x<&!药"),
            ("<a>x<![CDATA[<b>&amp;</b>]]>y</a>", "x<b>&amp;</b>y"),
            ("<a>x<!-- c -->y<?p i?>z</a>", "xyz"),
            ("<a> \n\t </a>", " \n\t "),
            ("<a>1\r\n2\r3&#13;4</a>", "1\n2\n3\r4"),
            ("<a></a>", ""), ("<a/>", ""), ("<a><![CDATA[]]></a>", ""),
            ("\u{FEFF}<a>x</a>", "x"), ("\(declaration)\n<!-- c -->\n<?p?>\n<a>x</a>\n<!-- c --><?p?>\n", "x"),
            ("<?xml version='1.0' encoding='us-ascii' standalone='yes'?><a>x</a>", "x"),
        ])
    func text(document: String, text: String) throws {
        let tree = try reader.read(Array(document.utf8))
        #expect(tree == XMLTree("a", text: text))
        #expect(tree.text.utf8.elementsEqual(text.utf8))
        #expect(try reader.read(document) == tree)
    }

    @Test("attributes keep their order; their blanks are those of XML")
    func attributes() throws {
        let tree = try reader.read(Array("<a z='1' b=\"&quot;\" xmlns:p='urn:p' p:b='x\ty\nz&#9;&#10;' xml:lang='zh'/>".utf8))
        #expect(
            tree.attributes == [
                XMLAttribute("z", "1"), XMLAttribute("b", "\""), XMLAttribute(XMLName("b", in: "urn:p"), "x y z\t\n"),
                XMLAttribute(XMLName("lang", in: "http://www.w3.org/XML/1998/namespace"), "zh"),
            ])
    }

    @Test("prefixes are of no meaning, namespaces are")
    func namespaces() throws {
        let documents = [
            "<p:a xmlns:p='urn:a'><p:b/><c/></p:a>", "<a xmlns='urn:a'><b/><c xmlns=''/></a>",
            "<q:a xmlns:q='urn:a' xmlns:p='urn:b'><p:b xmlns:p='urn:a'/><c/></q:a>",
        ]
        let tree = XMLTree(XMLName("a", in: "urn:a"), elements: [XMLTree(XMLName("b", in: "urn:a")), XMLTree("c")])
        for document in documents { #expect(try reader.read(Array(document.utf8)) == tree) }
        #expect(try reader.read("<a><b/><c/></a>") != tree)
    }

    @Test("a document inside the text of a SOAP answer is read by itself, whatever encoding it declares")
    func soap() throws {
        let inner = """
            <?xml version="1.0" encoding="gbk"?><XMLDATA><HEAD><JSSJ>20260301 080000</JSSJ><ZTCLJG>00000</ZTCLJG></HEAD>\
            <MAIN><SFWJ>1</SFWJ></MAIN><DETAIL><STRUCT><CPM>头孢&lt;1&gt;</CPM></STRUCT><STRUCT><CPM/></STRUCT></DETAIL></XMLDATA>
            """
        let envelope = { (content: String) in
            """
            \(declaration)<soap:Envelope xmlns:soap="\(soapNamespace)"><soap:Body><SendRecvResponse xmlns="http://tempuri.org/">\
            <SendRecvResult>\(content)</SendRecvResult></SendRecvResponse></soap:Body></soap:Envelope>
            """
        }
        let escaped = inner.reduce(into: "") { $0 += $1 == "<" ? "&lt;" : $1 == "&" ? "&amp;" : String($1) }
        for document in [envelope("<![CDATA[\(inner)]]>"), envelope(escaped)] {
            let answer = try reader.read(Array(document.utf8))
            let result = try #require(
                answer.at(
                    XMLName("Body", in: soapNamespace), XMLName("SendRecvResponse", in: "http://tempuri.org/"),
                    XMLName("SendRecvResult", in: "http://tempuri.org/")))
            #expect(result.text == inner)
            let message = try reader.read(result.text)
            #expect(message.at("HEAD", "ZTCLJG")?.text == "00000")
            #expect(message.first("DETAIL")?.all("STRUCT").map { $0.first("CPM")?.text } == ["头孢<1>", ""])
        }
    }

    @Test("pieces of any size give the same tree", arguments: [1, 2, 3, 7, 1_000, 16_384, 16_385])
    func pieces(size: Int) throws {
        let rows = (0..<1_000).map { "<STRUCT SXH='\($0)'><CPM>药品 &amp; \($0)</CPM></STRUCT>\n" }.joined()
        let bytes = Array("\(declaration)<D>\(rows)</D>".utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        let tree = try reader.read(pieces: pieces)
        #expect(tree.elements.count == 1_000 && tree.elements[999].first("CPM")?.text == "药品 & 999")
        #expect(try tree == reader.read(bytes))
        #expect(try tree == reader.read(pieces: [[]] + pieces + [[]]))
    }
}

import StrictXML
import Testing

@Suite("Trees")
struct TreeTests {
    private let answer = XMLTree(
        "XMLDATA",
        elements: [
            XMLTree("HEAD", elements: [XMLTree("ZTCLJG", text: " 00000\n"), XMLTree("CWXX")]),
            XMLTree(
                "DETAIL",
                elements: [
                    XMLTree("STRUCT", attributes: [XMLAttribute("n", "1")], text: "a"),
                    XMLTree(XMLName("STRUCT", in: "urn:other"), text: "not this"),
                    XMLTree(
                        "STRUCT", attributes: [XMLAttribute("n", "2"), XMLAttribute(XMLName("n", in: "urn:other"), "3")], text: "b"),
                ]),
        ])

    @Test("children are found by name and namespace, in order")
    func children() {
        #expect(answer.elements.map(\.name) == ["HEAD", "DETAIL"])
        #expect(answer.first("DETAIL")?.all("STRUCT").map(\.text) == ["a", "b"])
        #expect(answer.first("DETAIL")?.first(XMLName("STRUCT", in: "urn:other"))?.text == "not this")
        #expect(answer.first("MAIN") == nil && answer.all("MAIN").isEmpty)
        #expect(answer.at("DETAIL", "STRUCT")?.attribute("n") == "1")
        #expect(answer.at("DETAIL", "MAIN", "STRUCT") == nil)
        #expect(answer.at() == answer)
        let last = answer.first("DETAIL")?.elements.last
        #expect(last?.attribute(XMLName("n", in: "urn:other")) == "3" && last?.attribute("m") == nil)
    }

    @Test("text is exact, and trimmed when asked for; text of elements inside does not count")
    func text() {
        #expect(answer.at("HEAD", "ZTCLJG")?.text == " 00000\n")
        #expect(answer.at("HEAD", "ZTCLJG")?.trimmedText == "00000")
        #expect(answer.at("HEAD", "CWXX")?.text == "" && answer.at("HEAD", "CWXX")?.trimmedText == "")
        #expect(XMLTree("a", text: " \r\n\t").trimmedText == "")
        #expect(XMLTree("a", text: "\u{3000}药 \u{A0}").trimmedText == "\u{3000}药 \u{A0}")
        #expect(XMLTree("a", text: "\r\n药\u{301}\r\n").trimmedText == "药\u{301}")
        let mixed = XMLTree("p", children: [.text("a"), .element(XMLTree("b", text: "c")), .text("d")])
        #expect(mixed.text == "ad")
    }

    @Test("text that touches is one child, and empty text is none")
    func normalForm() {
        var tree = XMLTree("a", children: [.text(""), .text("x"), .text("y"), .element(XMLTree("b")), .text("")])
        #expect(tree.children == [.text("xy"), .element(XMLTree("b"))])
        tree.append("1")
        tree.append("")
        tree.append("2")
        tree.append(XMLTree("c", text: ""))
        #expect(tree.children == [.text("xy"), .element(XMLTree("b")), .text("12"), .element(XMLTree("c"))])
    }

    @Test("an empty namespace is none")
    func names() {
        #expect(XMLName("a", in: "") == "a")
        #expect(XMLName("a", in: "urn:a") != "a")
        #expect(XMLName("a", in: "urn:a").description == "{urn:a}a" && XMLName("a").description == "a")
    }
}

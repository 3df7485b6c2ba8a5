import StrictXML
import Testing

@Suite("Refused documents")
struct RefusalTests {
    @Test(
        "each has its kind and its place",
        arguments: [
            ("", .noElement, 1, 1), (" \n ", .noElement, 2, 2), ("\(declaration)\n<!-- only -->", .noElement, 2, 14),
            ("<a>", .truncated, 1, 4), ("<a", .truncated, 1, 1), ("<a>\n<![CDATA[x", .truncated, 2, 11),
            ("<a/><!-- ", .truncated, 1, 5),
            ("<a><b></b>", .truncated, 1, 11), ("<a>&am", .truncated, 1, 4), ("<", .truncated, 1, 1),
            ("<a/>x", .contentAfterRoot, 1, 5), ("<a/><b/>", .contentAfterRoot, 1, 5), ("<a/>&#1;", .contentAfterRoot, 1, 5),
            ("<a/></a>", .contentAfterRoot, 1, 6), ("<a/><!DOCTYPE a>", .contentAfterRoot, 1, 5),
            ("<a/>\u{0}", .contentAfterRoot, 1, 5),
            ("<a></b>", .mismatchedTag, 1, 6), ("<a><b></a></b>", .mismatchedTag, 1, 9), ("<a></A>", .mismatchedTag, 1, 6),
            ("<a b='1' b='2'/>", .repeatedAttribute, 1, 10),
            ("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", .repeatedAttribute, 1, 1),
            ("<p:a/>", .undeclaredPrefix, 1, 1), ("<a p:b=''/>", .undeclaredPrefix, 1, 1),
            ("<a xmlns:p=''/>", .undeclaredPrefix, 1, 1),
            ("<a xmlns:xml='u'/>", .reservedNamespace, 1, 1), ("<a xmlns:xmlns='u'/>", .reservedNamespace, 1, 1),
            ("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", .reservedNamespace, 1, 1),
            ("<!DOCTYPE a><a/>", .documentType, 1, 12), ("\n<!DOCTYPE a [\n]><a/>", .documentType, 2, 13),
            ("<!DOCTYPE a PUBLIC 'p' 'http://localhost/x.dtd'><a/>", .documentType, 1, 48),
            ("<a>&nbsp;</a>", .undefinedEntity, 1, 4), ("<a>\n  <b c='&x;'/></a>", .undefinedEntity, 2, 3),
            ("<a>&#0;</a>", .forbiddenCharacter, 1, 4), ("<a>&#1;</a>", .forbiddenCharacter, 1, 4),
            ("<a b='&#x1F;'/>", .forbiddenCharacter, 1, 7),
            ("<a>&#xFFFE;</a>", .forbiddenCharacter, 1, 4), ("<a>&#xD800;</a>", .forbiddenCharacter, 1, 4),
            ("<a>&#x110000;</a>", .forbiddenCharacter, 1, 4),
            ("<?xml version='1.1'?><a/>", .version, 1, 1), ("<?xml version='2.0'?><a/>", .version, 1, 1),
            ("a", .notWellFormed, 1, 1), ("<a>]]></a>", .notWellFormed, 1, 6), ("<a b=1/>", .notWellFormed, 1, 6),
            ("<a b/>", .notWellFormed, 1, 5),
            ("<a b='<'/>", .notWellFormed, 1, 7), ("<a><b</a>", .notWellFormed, 1, 6), ("< a/>", .notWellFormed, 1, 2),
            ("<a>& b</a>", .notWellFormed, 1, 5), ("<a><!-- -- --></a>", .notWellFormed, 1, 11), ("<1/>", .notWellFormed, 1, 2),
            (" <?xml version='1.0'?><a/>", .notWellFormed, 1, 2), ("<a><?xml version='1.0'?></a>", .notWellFormed, 1, 4),
            ("<a:b:c xmlns:a='u'/>", .notWellFormed, 1, 5), ("&lt;a/>", .notWellFormed, 1, 1),
            ("<a b=''c=''/>", .notWellFormed, 1, 8),
            ("<?xml version='1.0' encoding='a b'?><a/>", .notWellFormed, 1, 32),
            ("<?xml encoding='UTF-8'?><a/>", .notWellFormed, 1, 7),
        ] as [(String, XMLRefusal.Kind, Int, Int)])
    func refused(document: String, kind: XMLRefusal.Kind, line: Int, column: Int) {
        let refusal = expectRefused(Array(document.utf8), kind)
        #expect(refusal?.line == line && refusal?.column == column, "\(String(describing: refusal))")
    }

    @Test(
        "bytes that are no characters of XML",
        arguments: [
            [0x00], [0x01], [0x0B], [0x1F], [0x80], [0xFF], [0xFE], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF, 0xBE],
            [0xEF, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE4, 0xB8], [0xC3, 0x28],
        ] as [[UInt8]])
    func badBytes(bytes: [UInt8]) {
        expectRefused(Array("<a>".utf8) + bytes + Array("</a>".utf8), .notWellFormed)
        expectRefused(Array("<a b='".utf8) + bytes + Array("'/>".utf8), .notWellFormed)
        expectRefused(Array("<a><![CDATA[".utf8) + bytes + Array("]]></a>".utf8), .notWellFormed)
        expectRefused(Array("<a><!-- ".utf8) + bytes + Array("--></a>".utf8), .notWellFormed)
        expectRefused(Array("<a".utf8) + bytes + Array("/>".utf8), .notWellFormed)
    }

    @Test("a refusal tells nothing of the document")
    func tellsNothing() {
        for document in ["<a>张三&张三;</a>", "<张三></李四>", "<a 张三='1' 张三='2'/>", "<!DOCTYPE 张三><a/>", "<a>张三", "<张三:a/>", "<a/>张三"] {
            let refusal = #expect(throws: XMLRefusal.self) { try XMLReader().read(document) }
            #expect(!String(reflecting: refusal).contains("张") && !(refusal?.description ?? "").contains("张"))
        }
    }

    @Test("each kind is a sentence of its own")
    func sentences() {
        let kinds: [XMLRefusal.Kind] = [
            .tooManyBytes(max: 1), .tooDeep(max: 1), .tooManyElements(max: 1), .tooManyAttributes(max: 1), .textTooLong(max: 1),
            .attributeTooLong(max: 1), .nameTooLong(max: 1), .markupTooLong(max: 1), .documentType, .undefinedEntity, .version,
            .encoding("x"), .wrongEncoding, .undecodable, .noElement, .truncated, .contentAfterRoot, .mismatchedTag,
            .repeatedAttribute,
            .undeclaredPrefix, .reservedNamespace, .forbiddenCharacter, .notWellFormed, .outOfMemory,
        ]
        #expect(Set(kinds.map(\.sentence)).count == kinds.count)
    }
}

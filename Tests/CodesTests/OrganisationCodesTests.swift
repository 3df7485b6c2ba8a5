import Codes
import Foundation
import Primitives
import Testing

@Suite("Codes of organisations hold only what is valid")
struct OrganisationCodesTests {
    @Test(
        "a credit code is held against its check character",
        arguments: [
            ("91350100M000100Y43", true), ("91330100799655058B", true), ("9144030071526726XG", true),
            ("914403001922038216", true), (" 91330100799655058b", true), ("12100000400006127D", false),
            ("91350100M000100Y44", false), ("91350100M000100Y4", false), ("91350100I000100Y43", false), ("", false),
        ])
    func creditCode(text: String, isValid: Bool) {
        #expect((CreditCode(text) != nil) == isValid)
    }

    @Test(
        "the organisation code inside a credit code checks, or is only remarked on",
        arguments: [
            ("91350100M000100Y43", "M000100Y4"), ("91330100799655058B", "799655058"), ("9144030071526726XG", "71526726X"),
            ("914403001922038216", "192203821"),
        ])
    func organisation(text: String, organisation: String) throws {
        let code = try #require(CreditCode(text))
        #expect(code.organisation == organisation)
        #expect(code.organisationChecks)
        #expect(code.division == String(text.dropFirst(2).prefix(6)))
    }

    @Test("an organisation code that does not check leaves the credit code valid")
    func organisationRemark() throws {
        let body = "91330100" + "799655059"
        let code = try #require("0123456789ABCDEFGHJKLMNPQRTUWXY".lazy.compactMap { CreditCode(body + String($0)) }.first)
        #expect(!code.organisationChecks)
    }

    @Test(
        "an institution code is H or P and eleven digits",
        arguments: [
            ("H35030200090", true), ("H44200100009", true), ("p35030200090", true), ("A35030200090", false),
            ("H3503020009", false), ("H350302000900", false), ("H3503020009A", false), ("", false),
        ])
    func institutionCode(text: String, isValid: Bool) {
        #expect((InstitutionCode(text) != nil) == isValid)
        #expect(InstitutionCode(text)?.isPharmacy != true || text.hasPrefix("p"))
    }

    @Test("a message number is the institution, China's time and four digits")
    func messageID() throws {
        let institution = try #require(InstitutionCode("H35030200090"))
        let now = try #require(Instant("2026-11-21T17:04:05Z"))
        let id = MessageID(from: institution, at: now, sequence: 7)
        #expect(id.text == "H35030200090202611220104050007")
        #expect(MessageID(id.text) == id)
        #expect(id.institution == institution)
        #expect(institution.division == "350302")
    }

    @Test(
        "a message number of no moment, no institution or another length is none",
        arguments: [
            "H35030200090202613220104050007", "H35030200090202602300104050007", "H35030200090202611222404050007",
            "H35030200090202611220160050007", "H3503020009020261122010405000", "X35030200090202611220104050007",
            "H35030200090202611220104050007 9", "H3503020009020261122010405000A", "",
        ])
    func noMessageID(text: String) {
        #expect(MessageID(text) == nil)
    }

    @Test("encodes as its text, and decodes only what is valid")
    func coding() throws {
        let code = try #require(CreditCode("91330100799655058B"))
        #expect(try String(decoding: JSONEncoder().encode([code]), as: UTF8.self) == #"["91330100799655058B"]"#)
        #expect(try JSONDecoder().decode([CreditCode].self, from: Data(#"["91330100799655058B"]"#.utf8)) == [code])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CreditCode].self, from: Data(#"["91330100799655058C"]"#.utf8))
        }
    }
}

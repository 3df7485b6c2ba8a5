import Foundation
import Primitives
import TestSupport
import Testing
import Web

@Suite("Refusals")
struct RefusalRulesTests {
    @Test("every code is published once, under its module's name")
    func codesAreUnique() {
        let codes = RefusalCatalogue.codes.map { $0.rawValue }
        #expect(Set(codes).count == codes.count)
        for code in RefusalCatalogue.codes {
            #expect(!code.meaning.chinese.isEmpty && !code.meaning.english.isEmpty, "\(code.rawValue)")
            #expect(code.rawValue.wholeMatch(of: /[a-z-]+\.[a-z0-9-]+/) != nil, "\(code.rawValue)")
        }
    }

    @Test("the catalogue holds every enumeration of refusal codes there is")
    func catalogueIsComplete() throws {
        let declared = try SourceTree.places(of: #"enum \w+: String, RefusalCode\b"#, in: SourceTree.files(below: "Sources", ".swift"))
        #expect(declared.count == RefusalCatalogue.enumerations, "\(declared)")
    }

    @Test("every code is named by a test that sees it")
    func codesAreTested() {
        let tests = SourceTree.files(below: "Tests", ".swift").map(\.text).joined()
        let untested = RefusalCatalogue.codes.map { $0.rawValue }.filter { !tests.contains("\"\($0)\"") }
        #expect(untested.isEmpty)
    }

    @Test("docs/refusals.md is what the code says")
    func codesAreDocumented() throws {
        let path = "\(repositoryRoot)/docs/refusals.md"
        let expected = RefusalCatalogue.document
        if ProcessInfo.processInfo.environment["LIANYAO_WRITE_DOCS"] != nil {
            try expected.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let written = try? String(contentsOfFile: path, encoding: .utf8)
        #expect(written == expected, "run LIANYAO_WRITE_DOCS=1 scripts/test --filter RefusalRulesTests and commit docs/refusals.md")
    }
}

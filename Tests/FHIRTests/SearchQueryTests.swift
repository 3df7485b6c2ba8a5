import FHIR
import Primitives
import TestSupport
import Testing

@Suite("What a FHIR search asks")
struct SearchQueryTests {
    private func query(_ pairs: [(String, String)], _ type: ResourceType = .medicationRequest) throws -> SearchQuery {
        try SearchQuery(pairs.map { SearchQuery.Pair($0.0, $0.1) }, for: type)
    }

    @Test("repeated parameters all hold, commas are alternatives, empty values say nothing")
    func criteria() throws {
        let found = try query([("status", "active,draft"), ("authoredon", "ge2026"), ("authoredon", "lt2027"), ("patient", "")])
        #expect(found.criteria.map(\.name) == ["status", "authoredon", "authoredon"])
        #expect(found.criteria[0].alternatives == ["active", "draft"])
        #expect(found.count == SearchQuery.countDefault && found.unknown.isEmpty)
    }

    @Test("a backslash takes a comma or a bar literally")
    func escapes() throws {
        #expect(try query([("identifier", #"urn:x|a\,b,c"#)]).criteria[0].alternatives == [#"urn:x|a\,b"#, "c"])
        #expect(TokenCriterion(#"urn:x|a\,b"#) == TokenCriterion(#"urn:x|a\,b"#))
        #expect(TokenCriterion(#"urn:x|a\|b"#).value == "a|b" && TokenCriterion("a").system == nil)
        #expect(TokenCriterion("|a").system == "" && !TokenCriterion("|a").mayBe(of: "urn:x") && TokenCriterion("a").mayBe(of: "urn:x"))
    }

    @Test("unknown parameters are told, those about the form are not", arguments: [
        ("colour", ["colour"]), ("_sort", ["_sort"]), ("_format", []), ("_pretty", []), ("status", []),
    ])
    func unknown(name: String, told: [String]) throws {
        #expect(try query([(name, "completed")]).unknown == told)
    }

    @Test("pages hold as many as asked, at most a hundred", arguments: [("1", 1), ("100", 100), ("101", 100), ("5000", 100)])
    func counts(text: String, count: Int) throws {
        #expect(try query([("_count", text)]).count == count)
    }

    @Test("what cannot be read is refused", arguments: [("_count", "0"), ("_count", "many"), ("status:not", "active"), ("patient:Patient", "1")])
    func refusals(name: String, value: String) async {
        await expectRefusal("fhir.parameter-invalid", field: name) { _ = try query([(name, value)]) }
    }

    @Test("a date stands for the span its precision leaves open", arguments: [
        // text          from                    to (not in it)
        ("2026", "2025-12-31T16:00:00Z", "2026-12-31T16:00:00Z"),
        ("ge2026-02", "2026-01-31T16:00:00Z", "2026-02-28T16:00:00Z"),
        ("lt2026-11-21", "2026-11-20T16:00:00Z", "2026-11-21T16:00:00Z"),
        ("2026-11-21T08:00+08:00", "2026-11-21T00:00:00Z", "2026-11-21T00:01:00Z"),
        ("eq2026-11-21T08:00:00+08:00", "2026-11-21T00:00:00Z", "2026-11-21T00:00:01Z"),
        ("2026-11-21T08:00:00.5Z", "2026-11-21T08:00:00.5Z", "2026-11-21T08:00:00.500001Z"),
    ])
    func dates(text: String, from: String, to: String) throws {
        let date = try #require(DateCriterion(text))
        #expect(date.from == Instant(from) && date.to == Instant(to))
        #expect(date.isOfDays == !text.contains("T"))
    }

    @Test("what is no date is none", arguments: ["ap2026", "x", "", "2026-13", "20260101", "2026-11-21T08:00"])
    func notDates(text: String) { #expect(DateCriterion(text) == nil) }
}

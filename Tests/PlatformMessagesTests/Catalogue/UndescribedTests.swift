import PlatformMessages
import Testing

@Suite("Platforms of which too little is known")
struct UndescribedTests {
    @Test("are declared, say what is unknown, and are told and asked nothing", arguments: Platforms.undescribed)
    func declared(code: String) throws {
        let catalogue = try Platforms.catalogue(code)
        #expect(!catalogue.isDescribed && !catalogue.known.isEmpty && catalogue.unknown.count >= 4)
        #expect(catalogue.tellable.isEmpty && catalogue.askable.isEmpty)
        #expect(catalogue.description.code == code && !catalogue.englishName.isEmpty)
        let dialect = catalogue.dialect(for: Platforms.account)
        for kind in PlatformFactKind.allCases {
            do {
                _ = try dialect.request(telling: Told.fact(kind), stamped: Platforms.stamp)
                Issue.record("\(kind)")
            } catch {
                let reason =
                    "the platform has no message for \(kind.rawValue): unknown are \(catalogue.unknown.joined(separator: "; "))"
                #expect(error == PlatformUntellable(reason: reason))
            }
            #expect(dialect.recovery(of: Told.fact(kind)) == .none)
        }
        #expect(throws: PlatformUntellable.self) { try dialect.request(asking: .catalogue, after: nil, stamped: Platforms.stamp) }
        #expect(try dialect.tokenRequest(stamped: Platforms.stamp) == nil)
        #expect(dialect.page(in: Answers.json("{}"), to: .catalogue, after: nil, stamped: Platforms.stamp).kind == "unclear")
    }

    @Test("all others are described", arguments: Platforms.all)
    func described(code: String) throws {
        let catalogue = try Platforms.catalogue(code)
        #expect(catalogue.isDescribed && catalogue.known.isEmpty && !catalogue.tellable.isEmpty)
    }

    @Test(
        "must say so",
        arguments: [
            ("\"unknown\"", "\"unclear\"", "x.json: nothing is called unclear here"),
            ("\"unknown\"", "\"unclear\"", "x.json: does not say what is unknown"),
            ("\"specVersion\": \"none\",", "", "x.json: specVersion is missing"),
            ("\"known\"", "\"facts\": {}, \"known\"", "x.json: nothing is called facts here"),
        ])
    func defects(old: String, new: String, defect: String) throws {
        let text = try Platforms.text("fujian-drugs")
        try #require(text.contains(old))
        do {
            _ = try PlatformCatalogue(parsing: text.replacing(old, with: new, maxReplacements: 1), file: "x.json")
            Issue.record("\(new)")
        } catch {
            #expect(error.defects.map(\.description).contains(defect), "\(error)")
        }
    }
}

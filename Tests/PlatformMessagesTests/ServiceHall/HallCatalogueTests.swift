import Foundation
import Testing

@testable import PlatformMessages

@Suite("The catalogue of the service hall")
struct HallCatalogueTests {
    @Test("is without defects, and describes every message")
    func whole() throws {
        let catalogue = try Hall.catalogue()
        #expect(catalogue.description.code == "national-prescriptions" && !catalogue.description.specSource.isEmpty)
        #expect(catalogue.tellable == Set(HallMap.factKinds) && catalogue.askable == Set(HallMap.questionKinds))
        let dialect = try Hall.dialect()
        #expect(dialect.asks(.prescriptionUse) && !dialect.asks(.deliveryLines))
        #expect(catalogue.doubts.contains { $0.field == "words.rxUsedStasCodg" })
        #expect(throws: PlatformUntellable.self) {
            try dialect.request(telling: .sendOrder(Told.draft), stamped: Platforms.stamp)
        }
        #expect(throws: PlatformUntellable.self) {
            try dialect.request(asking: .deliveryPoints, after: nil, stamped: Platforms.stamp)
        }
    }

    @Test(
        "every defect of a file is listed",
        arguments: [
            (#""keyOrder": "case-insensitive""#, #""keyOrder": "by-chance""#, "there is no keyOrder by-chance"),
            (#""1": "valid""#, #""1": "good""#, "there is no 1 good"),
            (#""D004""#, #"4"#, "number is no text"),
            (#""need": "mandatory", "confidence""#, #""need": "often", "confidence""#, "there is no need often"),
            (
                #"{"field": "undoTime", "length": 19, "need": "mandatory"}"#, #"{"field": "undoRea"}"#,
                "a field stands twice in request"
            ),
            (#""circulating-drugs": {"#, #""catalogue": {"#, "is not described"),
            (#""recovery": {"ask": "prescription-state"}"#, #""recovery": {"ask": "nobody"}"#, "there is no question nobody"),
            (#""service": "/epc/api/fixmedins""#, #""other": "/x""#, "has no path for service"),
            (#""version": "1.0.0""#, #""edition": "1.0.0""#, "nothing is called edition here"),
        ])
    func defects(part: String, changed: String, reason: String) throws {
        let text = try Platforms.text("national-prescriptions")
        let range = try #require(text.range(of: part))
        do {
            _ = try PlatformCatalogue(parsing: text.replacingCharacters(in: range, with: changed), file: "x.json")
            Issue.record("no defect")
        } catch {
            #expect(error.description.contains(reason), "\(error)")
        }
    }
}

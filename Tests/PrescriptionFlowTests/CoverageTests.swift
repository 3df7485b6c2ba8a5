import PrescriptionFlow
import Primitives
import StockLedger
import Testing

@testable import Formulary
@testable import Parties

/// Things for rules that need no database.
enum Made {
    static func product(
        _ id: Int64, _ name: String = "氨氯地平片", control: SpecialControl = .none, storage: StorageCondition = .room
    ) -> Product {
        Product(
            id: ProductID(id), code: "W\(id)", kind: .western, genericName: name, englishName: "", dosageForm: "tablet",
            strength: "5mg", baseUnit: "tablet", drugClass: "", reimbursement: .none, essential: false, volumeBased: false,
            longPrescription: true, specialControl: control, storage: storage, lightProtected: false, diseaseGroups: [])
    }

    static func line(_ number: Int, open: BaseUnits) -> OpenLine {
        OpenLine(line: number, product: ProductID(Int64(number)), open: open, usedThrough: CalendarDate(day: 0))
    }

    static func store(_ id: Int64, kind: StoreKind = .pharmacy) -> Store {
        Store(id: StoreID(id), facility: FacilityID(id), code: "S\(id)", name: "\(id)号药房", kind: kind)
    }

    /// What a store has of lines, in their order; `nil` of a line: it is being counted.
    static func coverage(_ lines: [OpenLine], _ usable: [BaseUnits?]) -> Coverage {
        let stock = zip(lines, usable).map { line, quantity in
            (
                StockNeed(product: line.product, usedThrough: line.usedThrough),
                UsableStock(quantity: quantity ?? 1_000, isFrozen: quantity == nil)
            )
        }
        return Coverage(of: lines, from: Dictionary(stock, uniquingKeysWith: { first, _ in first }))
    }

    static func offer(
        _ id: Int64, _ lines: [OpenLine], _ usable: [BaseUnits?], metres: Int64? = nil, isChosen: Bool = false
    ) -> PharmacyOffer {
        let coverage = coverage(lines, usable)
        return PharmacyOffer(
            store: store(id), facilityName: "\(id)镇卫生院", metres: metres, isChosen: isChosen, coverage: coverage,
            explanation: coverage.explanation([:]))
    }
}

@Suite("Coverage")
struct CoverageTests {
    private let products = [ProductID(1): Made.product(1), ProductID(2): Made.product(2, "阿莫西林胶囊")]

    @Test(
        "tells what a store lacks, to the unit",
        arguments: [
            (28, 28, 0, true), (28, 27, 1, false), (28, 0, 28, false), (28, 1_000, 0, true), (28, nil, 28, false),
        ] as [(BaseUnits, BaseUnits?, BaseUnits, Bool)])
    func short(open: BaseUnits, usable: BaseUnits?, short: BaseUnits, isComplete: Bool) {
        let coverage = Made.coverage([Made.line(1, open: open)], [usable])
        #expect(coverage.lines[0].short == short && coverage.lines[0].served == open - short)
        #expect(coverage.isComplete == isComplete && coverage.linesServed == (isComplete ? 1 : 0))
    }

    @Test("explains with names and numbers in both languages")
    func explanation() {
        let lines = [Made.line(1, open: 28), Made.line(2, open: 1_200), Made.line(3, open: 3)]
        let words = Made.coverage(lines, [14, nil, 3]).explanation(products)
        #expect(words.chinese == "缺 氨氯地平片 5mg：需28片，有14片；阿莫西林胶囊 5mg：需1,200片，正在盘点，暂不能发")
        #expect(
            words.english
                == "Short of 氨氯地平片 5mg: 28 tablet asked, 14 there; 阿莫西林胶囊 5mg: 1,200 tablet asked, being counted and held still")
        let whole = Made.coverage([Made.line(1, open: 1)], [1]).explanation(products)
        #expect(whole == Phrase("全部有货", "Everything is there"))
    }

    @Test("a product of which a store has nothing is short, and nothing open is complete")
    func nothing() {
        let coverage = Coverage(of: [Made.line(1, open: 5)], from: [:])
        #expect(coverage.lines[0].usable == 0 && coverage.lines[0].short == 5)
        #expect(Coverage(of: [], from: [:]).isComplete)
    }
}

@Suite("The order of offers")
struct OfferOrderTests {
    private static let lines = [Made.line(1, open: 10), Made.line(2, open: 10)]

    private static func offer(
        _ id: Int64, _ usable: [BaseUnits?] = [10, 10], metres: Int64? = nil, isChosen: Bool = false
    ) -> PharmacyOffer { Made.offer(id, lines, usable, metres: metres, isChosen: isChosen) }

    @Test(
        "everything first, then the choice, then more lines, then the nearest, then the code",
        arguments: [
            ([offer(1, [0, 10], isChosen: true), offer(2, metres: 9_000)], [2, 1]),
            ([offer(1, metres: 10), offer(2, metres: 9_000, isChosen: true)], [2, 1]),
            ([offer(1, [0, 0], metres: 10), offer(2, [10, 9], metres: 9_000)], [2, 1]),
            ([offer(1, [0, 0], isChosen: true), offer(2, [10, 9])], [1, 2]),
            ([offer(1, metres: 2_001), offer(2, metres: 2_000)], [2, 1]),
            ([offer(1), offer(2, metres: 20_000_000)], [2, 1]),
            ([offer(3), offer(2), offer(1)], [1, 2, 3]),
            ([offer(1, [nil, 10], metres: 1), offer(2, metres: 2)], [2, 1]),
            ([offer(2, metres: 5), offer(1, metres: 5)], [1, 2]),
        ])
    func order(offers: [PharmacyOffer], expected: [Int64]) {
        #expect(offers.sorted(by: OfferOrder.isBefore).map(\.store.rawValue) == expected)
        #expect(offers.reversed().sorted(by: OfferOrder.isBefore).map(\.store.rawValue) == expected)
    }
}

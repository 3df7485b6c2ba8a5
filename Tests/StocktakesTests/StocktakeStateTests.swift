import Formulary
import Primitives
import Testing

@testable import Stocktakes

@Suite("States of a stocktake")
struct StocktakeStateTests {
    static let allowed: [StocktakeState: [StocktakeTransition: StocktakeState]] = [
        .counting: [.count: .counting, .finish: .counted, .cancel: .cancelled],
        .counted: [.explain: .counted, .recount: .recounting, .submit: .awaitingApproval, .cancel: .cancelled],
        .recounting: [.count: .recounting, .finish: .counted, .cancel: .cancelled],
        .awaitingApproval: [.approve: .posted, .reject: .recounting, .cancel: .cancelled],
        .posted: [:],
        .cancelled: [:],
    ]

    @Test("allow these transitions and refuse every other", arguments: StocktakeState.allCases, StocktakeTransition.allCases)
    func transitions(state: StocktakeState, transition: StocktakeTransition) throws {
        if let expected = Self.allowed[state]?[transition] {
            #expect(try state.applying(transition) == expected)
        } else {
            let refusal = #expect(throws: StocktakesRefusal.self) { try state.applying(transition) }
            #expect(refusal?.code.rawValue == "stocktakes.wrong-state")
            #expect(refusal?.detail.contains(state.rawValue) == true)
        }
    }

    @Test("what has ended changes no more")
    func ends() {
        for state in StocktakeState.allCases {
            #expect(state.hasEnded == StocktakeTransition.allCases.allSatisfy { state.after($0) == nil })
            #expect(state.isCounting == (state.after(.count) != nil))
        }
    }
}

@Suite("Rules about differences")
struct DifferenceRuleTests {
    private static let rule = RecountRule(valueFrom: Money(tenThousandths: 1_000), perMilleFrom: 50)

    @Test(
        "a difference is counted again from the value or the share on, and always where the book has nothing",
        arguments: [
            // difference, book, pack, price, is large
            (0, 0, 1, 1_000_000, false), (1, 0, 1, nil, true), (-49, 1_000, 1, nil, false), (-50, 1_000, 1, nil, true),
            (50, 1_000, 1, nil, true), (1, 1_000, 1, 999, false), (1, 1_000, 1, 1_000, true), (-1, 1_000, 1, 1_000, true),
            (10, 1_000, 10, 999, false), (10, 1_000, 10, 1_000, true), (1, 1_000, 1, nil, false),
            (BaseUnits.entryMax.rawValue, BaseUnits.entryMax.rawValue, 1, Money.entryMax.tenThousandths, true),
        ] as [(Int64, Int64, Int64, Int64?, Bool)])
    func recounts(difference: Int64, book: Int64, pack: Int64, price: Int64?, isLarge: Bool) {
        let price = price.map { Money(tenThousandths: $0) }
        let reaches = Self.rule.reaches(
            BaseUnits(difference), of: BaseUnits(book), packSize: BaseUnits(pack), price: price, control: .none)
        #expect(reaches == isLarge)
        let ofNarcotic = Self.rule.reaches(
            BaseUnits(difference), of: BaseUnits(book), packSize: BaseUnits(pack), price: price, control: .narcotic)
        #expect(ofNarcotic == (difference != 0))
    }

    @Test(
        "a difference is worth its share of the pack's price, rounded half away from zero",
        arguments: [
            (28, 28, 125_000, 125_000), (1, 28, 125_000, 4_464), (-1, 28, 125_000, -4_464), (1, 2, 1, 1), (-1, 2, 1, -1), (1, 3, 1, 0),
            (0, 3, 1, 0), (BaseUnits.entryMax.rawValue, 1, Money.entryMax.tenThousandths, 1_000_000_000_000_000),
            (-BaseUnits.entryMax.rawValue, 1, Money.entryMax.tenThousandths, -1_000_000_000_000_000),
        ] as [(Int64, Int64, Int64, Int64)])
    func values(difference: Int64, pack: Int64, price: Int64, expected: Int64) {
        let worth = worth(of: BaseUnits(difference), packSize: BaseUnits(pack), price: Money(tenThousandths: price))
        #expect(worth.tenThousandths == expected)
    }

    @Test("a rule with a parameter out of range is refused, and one above the standard is loose")
    func rules() {
        for rule in [
            RecountRule(valueFrom: .zero, perMilleFrom: 50), RecountRule(valueFrom: Money(tenThousandths: 1), perMilleFrom: 0),
            RecountRule(valueFrom: Money(tenThousandths: 1), perMilleFrom: 1_000_001),
            RecountRule(valueFrom: Money(tenThousandths: .max), perMilleFrom: 1),
        ] {
            let refusal = #expect(throws: StocktakesRefusal.self) { try rule.check() }
            #expect(refusal?.code.rawValue == "stocktakes.setting-invalid")
        }
        #expect(!RecountRule.standard.isLoose && !Self.rule.isLoose)
        #expect(RecountRule(valueFrom: RecountRule.standard.valueFrom, perMilleFrom: 51).isLoose)
    }

    @Test("every reason explains a gain or a loss and is called something in both languages")
    func reasons() {
        for reason in DifferenceReason.allCases {
            #expect(reason.explainsGain || reason.explainsLoss)
            #expect(!reason.meaning.chinese.isEmpty && !reason.meaning.english.isEmpty)
        }
        #expect(!DifferenceReason.stolen.explainsGain && !DifferenceReason.found.explainsLoss)
        #expect(DifferenceReason.allCases.filter(\.needsNote) == [.unexplained, .other])
    }

    @Test("totals add gains and losses apart, and tell what has no price")
    func totals() {
        func line(_ difference: Int64, _ value: Int64?) -> DifferenceTotals.Line {
            DifferenceTotals.Line(difference: BaseUnits(difference), value: value.map { Money(tenThousandths: $0) })
        }
        let totals = DifferenceTotals([line(3, 300), line(-2, -500), line(0, 0), line(-1, nil), line(0, nil)])
        #expect(totals.linesCounted == 5 && totals.linesRight == 2 && totals.linesGained == 1 && totals.linesLost == 2)
        #expect([totals.gain, totals.loss, totals.net, totals.absolute].map(\.tenThousandths) == [300, 500, -200, 800])
        #expect(totals.linesWithoutPrice == 1)
    }
}

import Primitives
import Testing

@testable import PlatformExchange

@Suite("An invoice against its order and its receipts")
struct InvoiceMatchTests {
    private static let price: Int64 = 125_000

    private func line(
        _ packs: Int64 = 10, price: Int64 = InvoiceMatchTests.price, amount: Int64? = nil, tax: (Int64, rate: Int64)? = nil,
        accepted: Int64 = 10, returned: Int64 = 0, underWay: Int64 = 0, invoiced: Int64 = 0, isOfReturn: Bool = false,
        isKnown: Bool = true, batch: String = "B1", from supplier: String? = "S", product: String = "P",
        ofLine: (accepted: Int64, underWay: Int64, invoiced: Int64)? = nil
    ) -> SupplierInvoiceLine {
        SupplierInvoiceLine(
            line: "1", reference: "D1", product: product, batch: batch, packs: packs, packPrice: Money(tenThousandths: price),
            amount: Money(tenThousandths: amount ?? packs * price), tax: tax.map { Money(tenThousandths: $0.0) },
            taxRate: tax?.rate, isCredit: packs < 0, order: isKnown ? "CG-1" : nil, orderLine: isKnown ? 1 : nil,
            isOfReturn: isOfReturn, ourPackPrice: isKnown ? Money(tenThousandths: Self.price) : nil, orderedFrom: supplier,
            orderedProduct: "P",
            ofBatch: InvoicedPacks(accepted: accepted, returned: returned, underWay: underWay, invoiced: invoiced),
            ofLine: InvoicedPacks(
                accepted: ofLine?.accepted ?? accepted, returned: returned, underWay: ofLine?.underWay ?? underWay,
                invoiced: ofLine?.invoiced ?? invoiced))
    }

    private func verdict(_ lines: SupplierInvoiceLine..., total: Int64? = nil) -> String {
        let sum = lines.map(\.amount.tenThousandths).reduce(0, +)
        switch InvoiceMatch(supplier: "S", lines: lines, total: Money(tenThousandths: total ?? sum)).verdict() {
        case .matches: return "matches"
        case .waits: return "waits"
        case .differs(let found): return found.map { "\($0.kind.rawValue) \($0.ours) ≠ \($0.theirs)" }.joined(separator: "; ")
        }
    }

    @Test("it is for no more packs than were accepted and not invoiced yet; what is on its way is waited for")
    func quantity() {
        #expect(verdict(line()) == "matches")
        #expect(verdict(line(9)) == "matches")
        #expect(verdict(line(11)) == "quantity 10 packs accepted ≠ 11 packs")
        #expect(verdict(line(accepted: 9)) == "quantity 9 packs accepted ≠ 10 packs")
        #expect(verdict(line(accepted: 0)) == "quantity 0 packs accepted ≠ 10 packs")
        #expect(verdict(line(accepted: 0, underWay: 10)) == "waits")
        #expect(verdict(line(accepted: 0, underWay: 9)) == "quantity 0 packs accepted ≠ 10 packs")
        #expect(verdict(line(accepted: 20, invoiced: 10)) == "matches")
        #expect(verdict(line(accepted: 19, invoiced: 10)) == "quantity 19 packs accepted, 10 invoiced before ≠ 10 packs")
        #expect(verdict(line(invoiced: 10)) == "quantity 10 packs accepted, 10 invoiced before ≠ 10 packs")
    }

    @Test("the same goods on two lines of one invoice count together, other batches do not")
    func twice() {
        #expect(verdict(line(5), line(5)) == "matches")
        #expect(verdict(line(5), line(6)) == "quantity 10 packs accepted, 5 invoiced before ≠ 6 packs")
        #expect(verdict(line(10, ofLine: (20, 0, 0)), line(10, batch: "B2", ofLine: (20, 0, 0))) == "matches")
        // However the batch is told, the order's line is invoiced once.
        #expect(
            verdict(line(10), line(10, batch: "B2", ofLine: (10, 0, 0)))
                == "quantity 10 packs accepted, 10 invoiced before ≠ 10 packs")
        #expect(
            verdict(line(10, ofLine: (10, 0, 10))) == "quantity 10 packs accepted, 10 invoiced before ≠ 10 packs",
            "an earlier invoice told no batch")
        #expect(verdict(line(10, ofLine: (19, 0, 10))) == "quantity 19 packs accepted, 10 invoiced before ≠ 10 packs")
        #expect(verdict(line(10, ofLine: (20, 0, 10))) == "matches")
        #expect(verdict(line(10, ofLine: (10, 10, 10))) == "waits")
    }

    @Test("it is by whom the goods were ordered from, for what was ordered")
    func whoAndWhat() {
        #expect(verdict(line(from: "T")) == "state ordered from T ≠ supplier S")
        #expect(verdict(line(from: nil)) == "state ordered from nobody known there ≠ supplier S")
        #expect(verdict(line(product: "Q")) == "state product P ordered ≠ product Q")
        #expect(verdict(line(product: "")) == "matches")
    }

    @Test("what went back is not to be invoiced, whether or not money was taken back for it")
    func returned() {
        #expect(verdict(line(7, returned: 3)) == "matches")
        #expect(verdict(line(8, returned: 3)) == "quantity 10 packs accepted, 3 returned ≠ 8 packs")
        #expect(verdict(line(10, returned: 3, invoiced: -3)) == "matches")
        #expect(verdict(line(1, returned: 3, invoiced: 7)) == "quantity 10 packs accepted, 3 returned, 7 invoiced before ≠ 1 packs")
    }

    @Test("what the platform lists no more is not accepted")
    func withdrawn() {
        guard case .differs(let found) = InvoiceMatch(supplier: "S", lines: [line()], total: nil, isWithdrawn: true).verdict()
        else {
            Issue.record("it matches")
            return
        }
        #expect(found.map(\.kind) == [.missingThere])
    }

    @Test("a price has no tolerance, an amount is price times packs or that to the fen")
    func price() {
        #expect(verdict(line(price: 125_001)) == "price 12.50 a pack ≠ 12.5001 a pack")
        #expect(verdict(line(price: 124_999)) == "price 12.50 a pack ≠ 12.4999 a pack")
        #expect(verdict(line(amount: 1_250_001)) == "price 12.50 × 10 = 125.00 ≠ 125.0001")
        #expect(verdict(line(), total: 1_250_100) == "price lines of 125.00 ≠ 125.01")
        #expect(verdict(line(isKnown: false)) == "missing-here  ≠ D1, 10 packs")
        for (exact, fen) in [(49, 0), (50, 100), (149, 100), (150, 200), (-49, 0), (-50, -100), (-150, -200)] as [(Int64, Int64)] {
            #expect(Money(tenThousandths: exact).roundedToFen.tenThousandths == fen)
        }
    }

    @Test("tax is its part of the amount, within half a fen")
    func tax() {
        // 113.00 with 13 % holds 13.00.
        let amount = Money(tenThousandths: 1_130_000)
        for (tax, isRight) in [(130_000, true), (130_050, true), (129_950, true), (130_051, false), (129_949, false), (0, false)] {
            #expect(InvoiceMatch.isTax(Money(tenThousandths: Int64(tax)), of: amount, at: 1_300) == isRight, "\(tax)")
        }
        #expect(InvoiceMatch.isTax(Money(tenThousandths: -130_000), of: Money(tenThousandths: -1_130_000), at: 1_300))
        #expect(InvoiceMatch.isTax(.zero, of: amount, at: 0))
        #expect(!InvoiceMatch.isTax(.zero, of: amount, at: -1))
        #expect(!InvoiceMatch.isTax(Money(tenThousandths: .max), of: amount, at: 1_300))
        #expect(verdict(line(tax: (143_805, rate: 1_300))) == "matches")
        #expect(verdict(line(tax: (100_000, rate: 1_300))) == "price tax of 1300 ‱ in 125.00 ≠ tax of 10.00")
    }

    @Test("what takes back is for a return that was not taken back yet, or for what was invoiced")
    func credits() {
        #expect(verdict(line(-3, accepted: 3, isOfReturn: true)) == "matches")
        #expect(verdict(line(-4, accepted: 3, isOfReturn: true)) == "quantity 3 packs returned, 0 taken back before ≠ -4 packs")
        #expect(
            verdict(line(-2, accepted: 3, invoiced: -2, isOfReturn: true))
                == "quantity 3 packs returned, 2 taken back before ≠ -2 packs")
        #expect(verdict(line(-10, invoiced: 10)) == "matches")
        #expect(verdict(line(-11, invoiced: 10)) == "quantity 10 packs invoiced ≠ -11 packs")
        #expect(verdict(line(-3, price: 125_001, accepted: 3, isOfReturn: true)) == "price 12.50 a pack ≠ 12.5001 a pack")
    }

    @Test("an invoice without lines waits for them")
    func empty() { #expect(InvoiceMatch(supplier: "S", lines: [], total: nil).verdict() == .waits) }
}

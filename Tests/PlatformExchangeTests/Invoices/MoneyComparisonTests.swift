import PlatformMessages
import Primitives
import Testing

@testable import PlatformExchange

@Suite("What differs between our receipts, invoices and sums and the platform's")
struct MoneyComparisonTests {
    @Test("a receipt agrees in state and packs, or has its kind of difference")
    func receipts() {
        func kinds(_ accepted: Int64, _ state: PlatformDeliveryLine.State?, _ theirs: Int64? = nil) -> [String] {
            let receipt = PlatformReceipt(
                deliveryLine: "D1", supplier: "S", product: "P", batch: "B", packsDelivered: 10, packsAccepted: accepted)
            let row = PlatformDeliveryLine(
                deliveryLine: "D1", platformOrderLine: "L", supplier: "S", product: "P", batch: "B", packs: 10,
                packsAccepted: theirs, state: state)
            return ReceiptComparison(receipts: [receipt]).differences(to: [row, row]).map(\.kind.rawValue)
        }
        #expect(kinds(10, .accepted).isEmpty && kinds(9, .accepted, 9).isEmpty && kinds(0, .rejected).isEmpty)
        #expect(kinds(10, nil).isEmpty)
        #expect(
            kinds(9, .accepted) == ["quantity"] && kinds(10, .accepted, 9) == ["quantity"] && kinds(1, .rejected) == ["quantity"])
        #expect(kinds(10, .shipped) == ["state"] && kinds(10, .void) == ["state"])
        let lonely = PlatformReceipt(
            deliveryLine: "D2", supplier: "S", product: "P", batch: "B", packsDelivered: 1, packsAccepted: 1)
        #expect(ReceiptComparison(receipts: [lonely]).differences(to: []).map(\.kind) == [.missingThere])
    }

    @Test("an invoice agrees in total and state, or has its kind of difference")
    func invoices() {
        func kinds(
            _ state: InvoiceState, _ theirs: PlatformInvoiceState.State, total: Int64 = 100, accepted: Bool = false,
            paid: Bool = false
        ) -> [String] {
            let ours = InvoiceComparison.Ours(
                key: InvoiceKey(supplier: "S", code: "", number: "1"), total: Money(tenThousandths: 100), state: state,
                isAcceptedThere: accepted, isPaidThere: paid)
            let row = PlatformInvoiceState(
                platformInvoice: "", number: "1", state: theirs, supplier: "S", total: Money(tenThousandths: total))
            return InvoiceComparison(invoices: [ours]).differences(to: [row]).map(\.kind.rawValue)
        }
        #expect(kinds(.waiting, .waiting).isEmpty && kinds(.accepted, .waiting, accepted: true).isEmpty)
        #expect(kinds(.accepted, .accepted, accepted: true).isEmpty && kinds(.accepted, .paid, accepted: true, paid: true).isEmpty)
        #expect(kinds(.rejected, .void).isEmpty && kinds(.rejected, .refused).isEmpty)
        #expect(kinds(.waiting, .waiting, total: 101) == ["price"])
        #expect(kinds(.waiting, .accepted) == ["state"] && kinds(.accepted, .paid, accepted: true) == ["state"])
        #expect(kinds(.accepted, .void, accepted: true) == ["state"] && kinds(.waiting, .draft) == ["state"])
        let alone = InvoiceComparison(invoices: [])
        func stranger(_ state: PlatformInvoiceState.State) -> [Difference.Kind] {
            alone.differences(to: [PlatformInvoiceState(platformInvoice: "", number: "2", state: state, supplier: "S")]).map(\.kind)
        }
        #expect(stranger(.waiting) == [.missingHere] && stranger(.paid) == [.missingHere])
        #expect(stranger(.draft).isEmpty && stranger(.void).isEmpty && stranger(.refused).isEmpty)
        var ours = InvoiceComparison.Ours(
            key: InvoiceKey(supplier: "S", code: "", number: "1"), total: .zero, state: .waiting, isAcceptedThere: false,
            isPaidThere: false)
        #expect(InvoiceComparison(invoices: [ours]).differences(to: []).map(\.kind) == [.missingThere])
        // One from before the time that is compared is missed nowhere, and known where the platform still lists it.
        ours.isRecent = false
        #expect(InvoiceComparison(invoices: [ours]).differences(to: []).isEmpty)
    }

    @Test("a month's sums agree supplier by supplier, or have their kind of difference")
    func statements() {
        func kinds(_ ours: [(String, Int64, Int64)], _ theirs: [(String, Int64, Int64)]) -> [String] {
            func lines(_ lines: [(String, Int64, Int64)]) -> [PlatformStatementLine] {
                lines.map { PlatformStatementLine(supplier: $0.0, invoices: $0.1, amount: Money(tenThousandths: $0.2)) }
            }
            return StatementComparison(name: "statement 2026-11", ours: lines(ours)).differences(to: lines(theirs))
                .map { "\($0.kind.rawValue) \($0.subject)" }
        }
        #expect(kinds([("A", 2, 10), ("B", 1, 5)], [("B", 1, 5), ("A", 1, 4), ("A", 1, 6)]).isEmpty)
        #expect(kinds([], [("A", 0, 0)]).isEmpty)
        #expect(kinds([("A", 2, 10)], [("A", 2, 11)]) == ["price statement 2026-11, supplier A"])
        #expect(kinds([("A", 2, 10)], [("A", 1, 10)]) == ["quantity statement 2026-11, supplier A"])
        #expect(kinds([("A", 1, 10)], []) == ["missing-there statement 2026-11, supplier A"])
        #expect(kinds([], [("A", 1, 10)]) == ["missing-here statement 2026-11, supplier A"])
    }

    @Test("months are whole ones, over a year's end and in February")
    func months() throws {
        let from = try #require(CalendarDate("2027-12-31"))
        let through = try #require(CalendarDate("2028-03-01"))
        let months = from.months(through: through)
        #expect(months.map(\.name) == ["2027-12", "2028-01", "2028-02", "2028-03"])
        #expect(months.map { "\($0.through)" } == ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"])
        #expect(through.months(through: from).isEmpty)
    }
}

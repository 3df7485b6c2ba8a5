import Distribution
import Foundation
import Outbox
import PlatformExchange
import PlatformMessages
import PlatformSimulator
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Invoices through platforms")
struct InvoiceExchangeTests {
    @Test("what matches order and receipt is accepted by itself and told once, where the platform is told")
    func matches() async throws {
        for platform in ["shanghai-drugs", "zhejiang-drugs"] {
            try await ExchangeWorld.with(platform) { world in
                let order = try await world.orderAndPull([10, 6])
                let early = try await world.bench.invoices()
                #expect(early.allSatisfy { $0.state == .waiting } && !early.isEmpty, "goods are not received yet")
                #expect(try await world.bench.openDifferences().isEmpty)
                try await world.receiveAll(of: order)
                try await world.pullTwice()
                let matched = try await world.bench.invoices()
                #expect(matched.allSatisfy { $0.state == .accepted && $0.reason.isEmpty && $0.dueOn != nil }, "\(matched)")
                #expect(matched.map(\.total.tenThousandths).reduce(0, +) == 16 * 125_000)
                try await world.tell()
                let told = try await world.bench.messages().filter { $0.kind == "accept-invoice" }
                let isTold = platform == "shanghai-drugs"
                #expect(told.allSatisfy { $0.state == .accepted } && told.count == (isTold ? matched.count : 0))
                #expect(world.simulator.statement().invoices.allSatisfy { $0.isAccepted == isTold })
                let after = try await world.bench.invoices()
                #expect(after.allSatisfy { ($0.acceptedThereAt != nil) == isTold })
                #expect(try await world.bench.openDifferences().isEmpty)
            }
        }
    }

    @Test("an answer that is lost does not accept an invoice twice")
    func lost() async throws {
        let script = [ScriptedFault(operation: "YY019", fault: .resetAfterCommit)]
        try await ExchangeWorld.with("shanghai-drugs", changing: { $0.script = script }) { world in
            try await world.receiveAll(of: world.orderAndPull([10]))
            try await world.pullTwice()
            try await world.tell()
            let message = try #require(try await world.bench.messages().first { $0.kind == "accept-invoice" })
            #expect(message.state == .accepted && message.tries == 2, "\(message)")
            #expect(world.simulator.statement().invoices.map(\.isAccepted) == [true])
        }
    }

    @Test(
        "what is invoiced at another price, for more packs or twice is a difference that a person settles",
        arguments: [
            ("price", Difference.Kind.price), ("quantity", .quantity), ("twice", .quantity),
        ])
    func differs(flaw: String, kind: Difference.Kind) async throws {
        try await ExchangeWorld.with(
            "shanghai-drugs",
            changing: { options in
                options.suppliersSide.invoicesOtherPrice = flaw == "price" ? 10_000 : 0
                options.suppliersSide.invoicesOtherQuantity = flaw == "quantity" ? 10_000 : 0
                options.suppliersSide.invoicesTwice = flaw == "twice" ? 10_000 : 0
            }
        ) { world in
            let bench = world.bench
            try await world.receiveAll(of: world.orderAndPull([10]))
            try await world.pullTwice()
            #expect(try await bench.openDifferences().map(\.kind) == [kind])
            let waiting = try await bench.invoices().filter { $0.state == .waiting }
            let invoice = try #require(waiting.first)
            #expect(waiting.count == 1)
            let detail = try await bench.invoice(invoice.id)
            #expect(detail.mismatches.map(\.kind) == [kind])
            await expectRefusal("platform-exchange.reason-missing", field: "reason") {
                try await bench.decide(invoice.id, .accept, " ")
            }
            let decided = try await bench.decide(invoice.id, flaw == "twice" ? .reject : .accept, "与供应商核对")
            #expect(decided.invoice.state == (flaw == "twice" ? .rejected : .accepted) && decided.mismatches.isEmpty)
            await expectRefusal("platform-exchange.invoice-decided") { try await bench.decide(invoice.id, .reject, "又") }
            await expectRefusal("platform-exchange.invoice-unknown") {
                try await bench.decide(SupplierInvoiceID(999_999), .reject, "无")
            }
            try await world.pullTwice()
            #expect(try await bench.openDifferences().isEmpty)
            try await world.tell()
            #expect(world.simulator.statement().invoices.count(where: \.isAccepted) == 1)
        }
    }

    @Test("what a supplier changes counts until it is decided; afterwards it is a difference")
    func corrected() async throws {
        try await ExchangeWorld.with("shanghai-drugs") { world in
            let bench = world.bench
            func line(packs: Int64, key: String = "1") -> PlatformInvoiceLine {
                PlatformInvoiceLine(
                    invoiceLine: key, number: "F1", supplier: "S", total: Money(tenThousandths: packs * 100), reference: "nothing",
                    product: "P", packs: packs, packPrice: Money(tenThousandths: 100), amount: Money(tenThousandths: packs * 100))
            }
            let id = bench.consortium.id
            func take(_ lines: PlatformInvoiceLine...) async throws -> Int {
                try await bench.write { transaction in
                    let new = try TakeInvoices(platform: "shanghai-drugs", lines: lines).run(in: transaction, for: id, at: .ofTests)
                    try MatchInvoices(platform: "shanghai-drugs").run(in: transaction, for: id, at: .ofTests)
                    return new
                }
            }
            #expect(try await take(line(packs: 3)) == 1)
            #expect(try await take(line(packs: 4)) == 0)
            let waiting = try #require(try await bench.invoices().first)
            #expect(waiting.total.tenThousandths == 400)
            #expect(try await bench.openDifferences().map(\.kind) == [.missingHere])
            try await bench.decide(waiting.id, .reject, "不是我方订单")
            #expect(try await take(line(packs: 4)) == 0)
            #expect(try await bench.openDifferences().isEmpty)
            #expect(try await take(line(packs: 5), line(packs: 1, key: "2")) == 0)
            #expect(try await bench.openDifferences().map(\.kind) == [.quantity, .quantity])
        }
    }
}

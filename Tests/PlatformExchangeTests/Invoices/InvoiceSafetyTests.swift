import Outbox
import PlatformMessages
import PlatformSimulator
import Postgres
import Primitives
import TestSupport
import Testing

@testable import PlatformExchange

@Suite("InvoiceExchange: what is paid was ordered, came and is invoiced once")
struct InvoiceSafetyTests {
    private static func line(
        _ number: String, for reference: String, supplier: String, packs: Int64 = 10, batch: String = "", product: String = "",
        total: Int64? = nil, isCredit: Bool = false
    ) -> PlatformInvoiceLine {
        let amount = Money(tenThousandths: packs * 125_000)
        return PlatformInvoiceLine(
            invoiceLine: "\(number)-1", number: number, date: Instant.ofTests.businessDay, supplier: supplier,
            total: total.map { Money(tenThousandths: $0) } ?? amount, reference: reference, product: product, batch: batch,
            packs: packs, packPrice: Money(tenThousandths: 125_000), amount: amount, isCredit: isCredit)
    }

    private static let ours = "91330100799655058B"

    /// A received order of ten packs of which the supplier's own invoice does not match, and its line's number there.
    private static func received(_ body: @escaping (ExchangeWorld, String) async throws -> Void) async throws {
        try await ExchangeWorld.with("shanghai-drugs", changing: { $0.suppliersSide.invoicesOtherPrice = 10_000 }) { world in
            try await world.receiveAll(of: world.orderAndPull([10]))
            let id = world.bench.consortium.id
            let reference = try #require(
                try await world.bench.write {
                    try $0.first(
                        "SELECT platform_line FROM platform_exchange.placed_line WHERE consortium_id = \(id)"
                    ) { try $0["platform_line"] as String }
                })
            try await body(world, reference)
        }
    }

    private static let numbers = ["F1", "F2"]

    private static func invoices(_ world: ExchangeWorld) async throws -> [SupplierInvoice] {
        try await world.bench.invoices().filter { numbers.contains($0.number) }
    }

    private static func states(_ world: ExchangeWorld) async throws -> [String: InvoiceState] {
        try await Dictionary(uniqueKeysWithValues: invoices(world).map { ($0.number, $0.state) })
    }

    private static func take(_ lines: [PlatformInvoiceLine], _ world: ExchangeWorld, at now: Instant = .ofTests) async throws {
        let id = world.bench.consortium.id
        try await world.bench.write { transaction in
            try TakeInvoices(platform: "shanghai-drugs", lines: lines).run(in: transaction, for: id, at: now)
            try InvoicesStore(transaction, id, "shanghai-drugs").withdraw(notSeenSince: now)
            try MatchInvoices(platform: "shanghai-drugs").run(in: transaction, for: id, at: now)
        }
    }

    @Test("another supplier's invoice for the order's line is not accepted, nor one for another product")
    func stranger() async throws {
        try await Self.received { world, reference in
            try await Self.take([Self.line("F1", for: reference, supplier: "somebody")], world)
            try await Self.take([Self.line("F2", for: reference, supplier: Self.ours, product: "another")], world)
            #expect(try await Self.states(world) == ["F1": .waiting, "F2": .waiting])
        }
    }

    @Test("the same packs are not accepted again under their batch")
    func batch() async throws {
        try await Self.received { world, reference in
            let id = world.bench.consortium.id
            let batch = try #require(
                try await world.bench.write {
                    try $0.first("SELECT batch FROM platform_exchange.delivery_line WHERE consortium_id = \(id)") {
                        try $0["batch"] as String
                    }
                })
            let first = Self.line("F1", for: reference, supplier: Self.ours)
            try await Self.take([first], world)
            #expect(try await Self.states(world) == ["F1": .accepted])
            try await Self.take([first, Self.line("F2", for: reference, supplier: Self.ours, batch: batch)], world)
            #expect(try await Self.states(world) == ["F1": .accepted, "F2": .waiting])
        }
    }

    @Test("an invoice that is listed no more is not accepted when its goods come; listed again, it is")
    func withdrawn() async throws {
        try await Self.received { world, reference in
            let line = Self.line("F1", for: "later", supplier: Self.ours)
            try await Self.take([line], world)
            try await Self.take([], world, at: Instant.ofTests.adding(.seconds(60)))
            #expect(try await Self.invoices(world).allSatisfy { $0.withdrawnAt != nil })
            let id = world.bench.consortium.id
            try await world.bench.write {
                _ = try $0.execute(
                    "UPDATE platform_exchange.invoice_line SET reference = \(reference) WHERE consortium_id = \(id)")
                try MatchInvoices(platform: "shanghai-drugs").run(in: $0, for: id, at: .ofTests)
            }
            #expect(try await Self.states(world) == ["F1": .waiting])
            let again = Self.line("F1", for: reference, supplier: Self.ours)
            try await Self.take([again], world, at: Instant.ofTests.adding(.seconds(120)))
            #expect(try await Self.states(world) == ["F1": .accepted])
        }
    }

    @Test("a red invoice with a positive sum takes back what was invoiced")
    func red() async throws {
        try await Self.received { world, reference in
            let first = Self.line("F1", for: reference, supplier: Self.ours)
            try await Self.take([first], world)
            try await Self.take([first, Self.line("F2", for: reference, supplier: Self.ours, isCredit: true)], world)
            #expect(try await Self.states(world) == ["F1": .accepted, "F2": .accepted])
        }
    }

    @Test("a row that cannot be read is a difference")
    func unreadable() async throws {
        try await Self.received { world, _ in
            let id = world.bench.consortium.id
            try await world.bench.write {
                try TakeInvoices(
                    platform: "shanghai-drugs", lines: [], unreadable: [PlatformUnreadableRow(name: "F9", reason: "FPRQ is no day")]
                ).run(in: $0, for: id, at: .ofTests)
            }
            #expect(try await world.bench.openDifferences().contains { $0.subject == "invoice line F9" })
        }
    }

    @Test("an invoice whose acceptance the platform refused is not paid, and can be rejected after all")
    func refusedThere() async throws {
        try await Self.received { world, reference in
            let bench = world.bench
            try await Self.take([Self.line("F1", for: reference, supplier: Self.ours)], world)
            // The platform does not know this invoice.
            try await world.tell()
            let invoice = try #require(try await Self.invoices(world).first)
            #expect(invoice.state == .accepted && invoice.acceptedThereAt == nil)
            await expectRefusal("platform-exchange.invoice-not-accepted", field: "invoices") { try await bench.pay([invoice.id]) }
            #expect(try await bench.decide(invoice.id, .reject, "平台无此发票").invoice.state == .rejected)
        }
    }

    @Test(
        "on deliveries: a line that comes later makes the invoice wait again, half a page is not matched, and all of it is settled")
    func deliveries() async throws {
        try await ExchangeWorld.with("zhejiang-drugs") { world in
            let bench = world.bench
            try await world.receiveAll(of: world.orderAndPull([10]))
            try await world.pullTwice()
            let invoice = try #require(try await bench.invoices().first)
            #expect(invoice.state == .accepted)
            let id = bench.consortium.id
            let stray = PlatformDeliveryLine(
                deliveryLine: "stray", platformOrderLine: "none", supplier: invoice.supplier, product: "P", batch: "B", packs: 1,
                packPrice: Money(tenThousandths: 125_000), invoiceNumber: invoice.number)
            try await bench.write {
                try TakeInvoices(platform: "zhejiang-drugs", deliveries: [stray]).run(in: $0, for: id, at: .ofTests)
                try MatchInvoices(platform: "zhejiang-drugs", of: [.invoices]).run(in: $0, for: id, at: .ofTests)
            }
            #expect(try await bench.invoices().map(\.state) == [.waiting])
            try await bench.write {
                _ = try $0.execute(
                    "UPDATE platform_exchange.invoice SET state = 'accepted', decided_at = seen_at WHERE consortium_id = \(id)")
            }
            await expectRefusal("platform-exchange.deliveries-not-settled", field: "invoices") {
                try await bench.pay([invoice.id])
            }
        }
    }
}

import Outbox
import PlatformExchange
import PlatformSimulator
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Payments through platforms")
struct PaymentExchangeTests {
    @Test("accepted invoices are paid by a supervisor, once, and the platform learns it: by confirmations or by a settlement")
    func pay() async throws {
        for platform in ["shanghai-drugs", "zhejiang-drugs"] {
            try await ExchangeWorld.with(platform) { world in
                let bench = world.bench
                try await world.receiveAll(of: world.orderAndPull([10, 6]))
                let early = try #require(try await bench.invoices().first).id
                await expectRefusal("platform-exchange.invoice-not-accepted", field: "invoices") { try await bench.pay([early]) }
                try await world.pullTwice()
                let accepted = try await bench.invoices().map(\.id)
                if platform == "shanghai-drugs" {
                    // Where the platform is told of acceptances it must have taken them in.
                    await expectRefusal("platform-exchange.invoice-not-accepted", field: "invoices") {
                        try await bench.pay(accepted)
                    }
                }
                try await world.tell()
                let paid = try await bench.pay(accepted)
                #expect(paid.allSatisfy { $0.paidAt != nil && $0.paidThereAt == nil } && !paid.isEmpty)
                await expectRefusal("platform-exchange.invoice-paid", field: "invoices") { try await bench.pay(accepted) }
                await expectRefusal("platform-exchange.invoices-invalid", field: "invoices") { try await bench.pay([]) }
                await expectRefusal("platform-exchange.invoices-invalid", field: "invoices") {
                    try await bench.pay([early, early])
                }
                await expectRefusal("platform-exchange.invoice-unknown") { try await bench.pay([SupplierInvoiceID(999_999)]) }
                try await world.tell()
                if platform == "zhejiang-drugs" { try await confirmSettlement(world) }
                let messages = try await bench.messages()
                #expect(messages.allSatisfy { $0.state.isSettled }, "\(messages.filter { $0.state != .accepted })")
                #expect(try await bench.invoices().allSatisfy { $0.paidThereAt != nil })
                let settlements = try await bench.read { try $0.settlements(at: platform, limit: 10) }
                let there = world.simulator.statement()
                if platform == "shanghai-drugs" {
                    #expect(settlements.isEmpty && there.invoices.allSatisfy(\.isPaid))
                } else {
                    let total = Money(tenThousandths: 16 * 125_000)
                    #expect(settlements.map(\.state) == [.passed] && settlements.map(\.amount) == [total])
                    #expect(settlements.first?.lines == 2 && settlements.first?.platformSettlement == there.settlements.first?.id)
                    #expect(there.settlements.map(\.state) == [.passed] && there.settlements.map(\.total) == [total])
                }
            }
        }
    }

    /// The platform does not show how a settlement stands, so somebody looks.
    private func confirmSettlement(_ world: ExchangeWorld) async throws {
        let bench = world.bench
        let number = try #require(try await bench.read { try $0.settlements(at: "zhejiang-drugs", limit: 1) }.first).number
        #expect(try await bench.invoices().allSatisfy { $0.paidThereAt == nil })
        await expectRefusal("platform-exchange.settlement-not-confirmable", field: "state") {
            try await bench.confirm(number, .passed)
        }
        await expectRefusal("platform-exchange.settlement-unknown") { try await bench.confirm("JS-1", .passed) }
        #expect(try await bench.confirm(number, .submitted).state == .submitted)
        try await world.tell()
        try await bench.confirm(number, .passed)
    }

    @Test("who let a wrong invoice pass does not pay it")
    func fourEyes() async throws {
        try await ExchangeWorld.with("shanghai-drugs", changing: { $0.suppliersSide.invoicesOtherPrice = 10_000 }) { world in
            let bench = world.bench
            let supervisor = bench.consortium.officer
            try await world.receiveAll(of: world.orderAndPull([10]))
            try await world.pullTwice()
            let invoice = try #require(try await bench.invoices().first).id
            try await bench.write {
                try DecideInvoice(invoice, at: "shanghai-drugs", .accept, reason: "涨价已批").run(in: $0, by: supervisor, at: .ofTests)
            }
            try await world.tell()
            await expectRefusal("platform-exchange.payer-accepted", field: "invoices") { try await bench.pay([invoice]) }
        }
    }

    @Test("a settlement whose submission got no answer waits for a person, and is not submitted twice")
    func lostSubmission() async throws {
        let script = [ScriptedFault(operation: "ZJ9668", fault: .resetAfterCommit)]
        try await ExchangeWorld.with("zhejiang-drugs", changing: { $0.script = script }) { world in
            let bench = world.bench
            try await world.receiveAll(of: world.orderAndPull([10]))
            try await world.pullTwice()
            try await bench.pay(bench.invoices().map(\.id))
            try await world.tell()
            let last = try await bench.messages().suffix(2)
            #expect(last.map(\.kind) == ["submit-settlement", "examine-settlement"])
            #expect(last.map(\.state) == [.dead, .pending] && last.first?.tries == 1, "\(last)")
            #expect(world.simulator.statement().settlements.map(\.state) == [.submitted])
        }
    }
}

extension ExchangeBench {
    @discardableResult
    func confirm(_ number: String, _ state: SettlementState) async throws -> PlacedSettlement {
        let (supervisor, platform) = (consortium.officer, platform)
        return try await write {
            try ConfirmSettlement(number, at: platform, is: state).run(in: $0, by: supervisor, at: TimeSource.system.now)
        }
    }

    @discardableResult
    func pay(_ invoices: [SupplierInvoiceID]) async throws -> [SupplierInvoice] {
        let (supervisor, platform) = (consortium.officer, platform)
        return try await write { try PayInvoices(invoices, at: platform).run(in: $0, by: supervisor, at: TimeSource.system.now) }
    }
}

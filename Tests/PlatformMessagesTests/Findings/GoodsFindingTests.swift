import PlatformMessages
import Testing

@Suite("What deliveries, returns and invoices show of a lost answer")
struct GoodsFindingTests {
    private static func delivery(_ state: PlatformDeliveryLine.State?, accepted: Int64? = nil, line: String = "SHP-1")
        -> PlatformRow
    {
        .deliveryLine(
            PlatformDeliveryLine(
                deliveryLine: line, platformOrderLine: "21", supplier: "", product: "", batch: "", packs: 12,
                packsAccepted: accepted, state: state))
    }

    @Test("what a platform shows beside a row that cannot be read is not believed to be all")
    func unreadable() throws {
        let page = PlatformPage(rows: [], unreadable: [PlatformUnreadableRow(name: "7", reason: "state")])
        #expect(
            try Platforms.dialect("zhejiang-drugs").finding(in: [page], about: .saveDeliveryPoint(Told.point)).kind == "unclear")
        #expect(
            try Platforms.dialect("zhejiang-drugs").finding(in: [PlatformPage(rows: [])], about: .saveDeliveryPoint(Told.point))
                .kind
                == "not done")
    }

    @Test("a receipt")
    func receipt() throws {
        let cases: [([PlatformRow], PlatformReceipt, String)] = [
            ([Self.delivery(.accepted, accepted: 12)], Told.receipt, "done"), ([Self.delivery(.accepted)], Told.receipt, "done"),
            ([Self.delivery(.accepted, accepted: 11)], Told.receipt, "unclear"),
            ([Self.delivery(.shipped)], Told.receipt, "not done"),
            ([Self.delivery(.rejected)], Told.receipt, "unclear"), ([Self.delivery(.rejected)], Told.rejection, "done"),
            ([Self.delivery(.accepted, accepted: 0)], Told.rejection, "done"),
            ([Self.delivery(.accepted)], Told.rejection, "unclear"),
            ([Self.delivery(.void)], Told.receipt, "refused"), ([Self.delivery(nil)], Told.receipt, "unclear"),
            ([], Told.receipt, "unclear"),
            ([Self.delivery(.accepted, line: "SHP-2")], Told.receipt, "unclear"),
            ([Self.delivery(.accepted), Self.delivery(.accepted)], Told.receipt, "unclear"),
            ([Self.delivery(.accepted), Self.delivery(.shipped, line: "SHP-2")], Told.receipt, "done"),
        ]
        for platform in Platforms.codes {
            let dialect = try Platforms.dialect(platform)
            for (rows, receipt, kind) in cases {
                #expect(
                    dialect.finding(in: [PlatformPage(rows: rows)], about: .acceptDelivery(receipt)).kind == kind,
                    "\(platform) \(rows)")
            }
        }
    }

    private static func returned(
        _ state: PlatformReturnState.State, platform: String = "RET-1", number: String = "", line: String = "SHP-1",
        packs: Int64 = 2
    ) -> PlatformRow {
        .returned(PlatformReturnState(platformReturn: platform, number: number, deliveryLine: line, packs: packs, state: state))
    }

    @Test("a return that was applied for, by our number")
    func applied() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let ours = "TH-2026-000001"
        let cases: [([PlatformRow], String)] = [
            ([Self.returned(.waiting, number: ours)], "done"), ([Self.returned(.refused, number: ours)], "done"),
            ([Self.returned(.void, number: ours)], "unclear"), ([Self.returned(.waiting, number: "TH-2026-000002")], "unclear"),
            ([Self.returned(.waiting, number: ours, line: "SHP-2")], "unclear"),
            ([Self.returned(.waiting, number: ours, packs: 3)], "unclear"),
            ([Self.returned(.waiting, number: ours, line: "")], "done"), ([Self.returned(.waiting)], "unclear"), ([], "unclear"),
            ([Self.returned(.waiting, number: ours), Self.returned(.agreed, platform: "RET-2", number: ours)], "unclear"),
        ]
        for (rows, kind) in cases {
            #expect(dialect.finding(in: [PlatformPage(rows: rows)], about: .applyReturn(Told.newReturn)).kind == kind, "\(rows)")
        }
        let found = dialect.finding(
            in: [PlatformPage(rows: [Self.returned(.waiting, platform: "RET-7", number: ours)])],
            about: .applyReturn(Told.newReturn))
        #expect(found == .done(PlatformAcknowledgement(document: "RET-7")))
    }

    @Test("a return that was confirmed, by the platform's number")
    func confirmed() throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        for (state, kind) in [
            (PlatformReturnState.State.draft, "not done"), (.waiting, "done"), (.agreed, "done"), (.refused, "done"),
            (.void, "unclear"),
        ] {
            let page = PlatformPage(rows: [Self.returned(state)])
            #expect(dialect.finding(in: [page], about: .confirmReturn(Told.returned)).kind == kind)
        }
        let other = PlatformPage(rows: [Self.returned(.waiting, platform: "RET-2", number: "TH-2026-000001")])
        #expect(dialect.finding(in: [other], about: .confirmReturn(Told.returned)).kind == "unclear")
    }

    @Test("an invoice that was accepted or paid")
    func invoices() throws {
        let dialect = try Platforms.dialect("shanghai-consumables")
        for (state, accepted, paid) in [
            (PlatformInvoiceState.State.draft, "unclear", "unclear"), (.waiting, "not done", "unclear"),
            (.accepted, "done", "not done"),
            (.refused, "unclear", "unclear"), (.paid, "done", "done"), (.void, "unclear", "unclear"),
        ] {
            let row = PlatformRow.invoice(
                PlatformInvoiceState(platformInvoice: "INV-1", code: Told.invoice.code, number: Told.invoice.number, state: state))
            #expect(dialect.finding(in: [PlatformPage(rows: [row])], about: .acceptInvoice(Told.invoice)).kind == accepted)
            #expect(dialect.finding(in: [PlatformPage(rows: [row])], about: .confirmPayment(Told.invoice)).kind == paid)
        }
        let other = PlatformRow.invoice(
            PlatformInvoiceState(platformInvoice: "INV-1", code: "1", number: Told.invoice.number, state: .paid))
        #expect(dialect.finding(in: [PlatformPage(rows: [other])], about: .acceptInvoice(Told.invoice)).kind == "unclear")
    }

    @Test("a storehouse that was saved, which may be saved again when it is not there")
    func points() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let known = PlatformRow.deliveryPoint(Told.point)
        #expect(
            dialect.finding(in: [PlatformPage(rows: [known])], about: .saveDeliveryPoint(Told.point))
                == .done(PlatformAcknowledgement(document: "1001")))
        #expect(dialect.finding(in: [PlatformPage(rows: [])], about: .saveDeliveryPoint(Told.point)).kind == "not done")
        #expect(dialect.finding(in: [PlatformPage(rows: [known, known])], about: .saveDeliveryPoint(Told.point)).kind == "unclear")
    }
}

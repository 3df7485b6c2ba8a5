import PlatformMessages
import Primitives

/// Facts and questions as they are told in tests.
enum Told {
    static let order = PlatformOrder(
        number: "CG-2026-000001", deliveryPoint: "1001", latestArrival: CalendarDate("2026-12-05"),
        lines: [
            PlatformOrderLine(
                number: 1, product: "8800000001", supplier: "91330000000000001X", supplierName: "甲医药有限公司", packs: 12,
                packPrice: Money(tenThousandths: 125_000), purchaseKind: "1", note: "冷链 <2–8 ℃> & \"急\""),
            PlatformOrderLine(
                number: 2, product: "8800000002", supplier: "91330000000000002X", supplierName: "乙医药有限公司", packs: 3,
                packPrice: Money(tenThousandths: 375), purchaseKind: "4"),
        ])

    /// As the platform took it.
    static let draft: PlatformOrder = {
        var order = Told.order
        order.platformOrder = "20261122000000000001"
        order.lines[0].platformLine = "20261122000000000011"
        order.lines[1].platformLine = "20261122000000000012"
        return order
    }()

    /// A line that comes to the draft.
    static let addition: PlatformOrder = {
        var order = Told.draft
        order.lines = [draft.lines[1]]
        order.lines[0].number = 3
        order.lines[0].platformLine = nil
        return order
    }()

    static let receipt = PlatformReceipt(
        deliveryLine: "SHP-1", platformOrderLine: "20261122000000000021", platformNote: "NOTE-1", supplier: "91330000000000001X",
        product: "8800000001", noteBarcode: "TM-0001", batch: "20260901A", packsDelivered: 12, packsAccepted: 12)

    static let rejection: PlatformReceipt = {
        var receipt = Told.receipt
        receipt.packsAccepted = 0
        receipt.reason = "外包装破损"
        return receipt
    }()

    static let returned = PlatformReturn(
        number: "TH-2026-000001", deliveryPoint: "1001", supplier: "91330000000000001X", product: "8800000001",
        deliveryLine: "SHP-1",
        batch: "20260901A", packs: 2, packPrice: Money(tenThousandths: 125_000), reason: "近效期", isVolumePurchase: true,
        purchaseKind: "2", platformReturn: "RET-1", appliedOn: CalendarDate("2026-11-22"))

    static let newReturn: PlatformReturn = {
        var returned = Told.returned
        returned.platformReturn = nil
        return returned
    }()

    static let invoice = PlatformInvoice(
        platformInvoice: "INV-1", code: "033002600111", number: "25332000000123456789", date: CalendarDate("2026-11-20"),
        supplier: "91330000000000001X", supplierName: "甲医药有限公司", amount: Money(tenThousandths: 1_500_000), deliveryLines: ["SHP-1"])

    static let settlement = PlatformSettlement(
        number: "JS-2026-000001", supplier: "91330000000000001X", supplierName: "甲医药有限公司", deliveryLines: ["SHP-1", "SHP-2"],
        opinion: "同意", platformSettlement: "PAY-1")

    static let newSettlement: PlatformSettlement = {
        var settlement = Told.settlement
        settlement.platformSettlement = nil
        return settlement
    }()

    static let point = PlatformPoint(
        code: "1001", name: "中心药库", province: "浙江省", city: "杭州市", county: "某某县", address: "人民路1号", contact: "张三",
        telephone: "0571-00000000", postcode: "310000", isNew: true)

    static let assortment = PlatformAssortment(
        lines: [
            PlatformAssortmentLine(product: "GW1", supplier: "91330000000000001X", supplierName: "甲医药有限公司"),
            PlatformAssortmentLine(product: "GW2", supplier: "91330000000000001X", supplierName: "甲医药有限公司"),
        ])

    /// Late in the evening of the day before in Europe, early in the morning in China.
    static let stock = PlatformStock(
        at: Instant("2026-11-21T22:05:09Z") ?? Platforms.stamp.at,
        lines: [
            PlatformStockLine(
                product: "8800000001", ownCode: "YP0001", articleKind: "8", deliveryPoint: "1001", packs: 120, unit: "盒"),
            PlatformStockLine(
                product: "8800000002", ownCode: "YP0002", articleKind: "2", deliveryPoint: "1001", packs: 0, unit: "瓶"),
        ])

    static let inquiry = PlatformInquiry(
        product: "8800000001", ownCode: "YP0001", articleKind: "8", days: days, note: "年度用量约200盒", platformInquiry: "XJ-1")

    static let newInquiry: PlatformInquiry = {
        var inquiry = Told.inquiry
        inquiry.platformInquiry = nil
        return inquiry
    }()

    static let statement = PlatformStatement(
        period: "202611", days: days, isVolumePurchase: false,
        suppliers: [
            PlatformStatementLine(supplier: "91330000000000001X", invoices: 3, amount: Money(tenThousandths: 45_000_000)),
            PlatformStatementLine(supplier: "91330000000000002X", invoices: 1, amount: Money(tenThousandths: -1_250_000)),
        ])

    static let note = PlatformDeliveryNote(
        platformNote: "NOTE-1", note: "PS-0001", supplier: "91330000000000001X", state: .confirmed)

    static let days = PlatformDays(from: CalendarDate(day: 20_758), through: CalendarDate(day: 20_779))

    /// A fact of each kind.
    static func fact(_ kind: PlatformFactKind) -> PlatformFact {
        switch kind {
        case .createOrder: .createOrder(order)
        case .sendOrder: .sendOrder(draft)
        case .changeOrder: .changeOrder(addition)
        case .voidOrder: .voidOrder(draft)
        case .acceptDelivery: .acceptDelivery(receipt)
        case .applyReturn: .applyReturn(newReturn)
        case .confirmReturn: .confirmReturn(returned)
        case .acceptInvoice: .acceptInvoice(invoice)
        case .confirmPayment: .confirmPayment(invoice)
        case .createSettlement: .createSettlement(newSettlement)
        case .addToSettlement: .addToSettlement(settlement)
        case .submitSettlement: .submitSettlement(settlement)
        case .examineSettlement: .examineSettlement(settlement)
        case .saveDeliveryPoint: .saveDeliveryPoint(point)
        case .selectListings: .selectListings(assortment)
        case .setSuppliers: .setSuppliers(assortment)
        case .reportStock: .reportStock(stock)
        case .createInquiry: .createInquiry(newInquiry)
        case .sendInquiry: .sendInquiry(inquiry)
        case .checkPrescription: .checkPrescription(prescription)
        case .signPrescription: .signPrescription(checkedPrescription)
        case .uploadPrescription: .uploadPrescription(signedPrescription)
        case .revokePrescription: .revokePrescription(revocation)
        case .uploadCount, .uploadCounts, .uploadChange, .uploadChanges, .uploadPurchase, .uploadPurchases, .uploadPurchaseReturn,
            .uploadPurchaseReturns, .uploadSale, .uploadSales, .uploadSaleReturn, .uploadSaleReturns, .uploadDeletion,
            .uploadDeletions:
            .upload(upload(kind) ?? upload(.count))
        }
    }

    /// A question of each kind.
    static func question(_ kind: PlatformQuestionKind) -> PlatformQuestion {
        switch kind {
        case .orderLines: .orderLines(draft)
        case .draftLines: .draftLines(draft)
        case .orders: .orders(days)
        case .noteLines: .noteLines(note)
        case .linesOfInvoice: .linesOfInvoice(invoice)
        case .invoices: .invoices(days)
        case .listings: .listings(days)
        case .emergencyListings: .emergencyListings(days)
        case .deliveryLines: .deliveryLines(days)
        case .deliveryLine: .deliveryLine(receipt)
        case .invoiceLines: .invoiceLines(days)
        case .returns: .returns(days)
        case .returnState: .returnState(returned)
        case .invoiceState: .invoiceState(invoice)
        case .deliveryNotes: .deliveryNotes(days)
        case .statement: .statement(statement)
        case .deliveryPoints: .deliveryPoints
        case .suppliers: .suppliers(product: "8800000001")
        case .catalogue: .catalogue
        case .prescriptionState: .prescriptionState(prescriptionInquiry)
        case .prescriptionReview: .prescriptionReview(prescriptionInquiry)
        case .prescriptionUse: .prescriptionUse(prescriptionInquiry)
        case .circulatingDrugs: .circulatingDrugs(institution: "H36042600001")
        case .uploadedCounts: uploads(.counts)
        case .uploadedChanges: uploads(.changes)
        case .uploadedPurchases: uploads(.purchases)
        case .uploadedSales: uploads(.sales)
        case .uploadedPurchaseCodes: uploads(.purchaseCodes)
        case .uploadedSaleCodes: uploads(.saleCodes)
        }
    }
}

extension PlatformFact {
    /// An order all of whose lines are bought in one way; any other fact as it is.
    func boughtAs(_ kind: String) -> PlatformFact {
        func changed(_ order: PlatformOrder) -> PlatformOrder {
            var order = order
            for index in order.lines.indices { order.lines[index].purchaseKind = kind }
            return order
        }
        return switch self {
        case .createOrder(let order): .createOrder(changed(order))
        case .changeOrder(let order): .changeOrder(changed(order))
        default: self
        }
    }
}

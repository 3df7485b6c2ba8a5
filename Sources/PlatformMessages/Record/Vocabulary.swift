import Primitives

/// Which neutral names a message can be filled from: those of the record that a fact or a question of its kind becomes.
struct Vocabulary: Sendable {
    let names: Set<NeutralName>
    let lists: [NeutralList: Set<NeutralName>]

    init(telling kind: PlatformFactKind) {
        self.init(Record(.blank(kind)).stamped(Self.stamp, by: Self.account))
    }

    init(asking kind: PlatformQuestionKind) {
        self.init(Record(.blank(kind)).stamped(Self.stamp, by: Self.account).asking(for: nil, rows: 1))
    }

    /// Of messages that tell and ask nothing, such as the one for a token.
    static let common = Vocabulary(Record().stamped(stamp, by: account))

    private init(_ record: Record) {
        names = Set(record.values.keys)
        lists = record.lists.mapValues { lines in Set(lines.flatMap { record.around($0).values.keys }) }
    }

    private static let stamp = PlatformStamp(at: Instant(microseconds: 0), message: "")
    private static let account = PlatformAccount(institution: "")
}

// A fact or question of each kind with nothing in it but one line.

extension PlatformFact {
    fileprivate static func blank(_ kind: PlatformFactKind) -> PlatformFact {
        switch kind {
        case .createOrder: .createOrder(.blank)
        case .sendOrder: .sendOrder(.blank)
        case .changeOrder: .changeOrder(.blank)
        case .voidOrder: .voidOrder(.blank)
        case .acceptDelivery: .acceptDelivery(.blank)
        case .applyReturn: .applyReturn(.blank)
        case .confirmReturn: .confirmReturn(.blank)
        case .acceptInvoice: .acceptInvoice(.blank)
        case .confirmPayment: .confirmPayment(.blank)
        case .createSettlement: .createSettlement(.blank)
        case .addToSettlement: .addToSettlement(.blank)
        case .submitSettlement: .submitSettlement(.blank)
        case .examineSettlement: .examineSettlement(.blank)
        case .selectListings: .selectListings(.blank)
        case .setSuppliers: .setSuppliers(.blank)
        case .reportStock:
            .reportStock(
                PlatformStock(
                    at: Instant(microseconds: 0),
                    lines: [PlatformStockLine(product: "", ownCode: "", deliveryPoint: "", packs: 0, unit: "")]))
        case .createInquiry: .createInquiry(.blank)
        case .sendInquiry: .sendInquiry(.blank)
        case .saveDeliveryPoint: .saveDeliveryPoint(PlatformPoint(code: "", name: "", address: ""))
        case .checkPrescription: .checkPrescription(.blank)
        case .signPrescription: .signPrescription(.blank)
        case .uploadPrescription: .uploadPrescription(.blank)
        case .revokePrescription: .revokePrescription(PlatformRevocation(inquiry: .blank, details: PlatformNode()))
        case .uploadCount, .uploadCounts, .uploadChange, .uploadChanges, .uploadPurchase, .uploadPurchases, .uploadPurchaseReturn,
            .uploadPurchaseReturns, .uploadSale, .uploadSales, .uploadSaleReturn, .uploadSaleReturns, .uploadDeletion,
            .uploadDeletions:
            .upload(.blank(kind.upload?.kind ?? .count, isBatch: kind.upload?.isBatch ?? false))
        }
    }
}

extension PlatformQuestion {
    fileprivate static func blank(_ kind: PlatformQuestionKind) -> PlatformQuestion {
        switch kind {
        case .orderLines: .orderLines(.blank)
        case .draftLines: .draftLines(.blank)
        case .orders: .orders(.blank)
        case .noteLines: .noteLines(PlatformDeliveryNote(platformNote: "", note: "", state: .draft))
        case .linesOfInvoice: .linesOfInvoice(.blank)
        case .invoices: .invoices(.blank)
        case .listings: .listings(.blank)
        case .emergencyListings: .emergencyListings(.blank)
        case .deliveryLines: .deliveryLines(.blank)
        case .deliveryLine: .deliveryLine(.blank)
        case .invoiceLines: .invoiceLines(.blank)
        case .returns: .returns(.blank)
        case .returnState: .returnState(.blank)
        case .invoiceState: .invoiceState(.blank)
        case .deliveryNotes: .deliveryNotes(.blank)
        case .statement:
            .statement(
                PlatformStatement(
                    period: "", days: .blank, isVolumePurchase: false,
                    suppliers: [PlatformStatementLine(supplier: "", invoices: 0, amount: .zero)]))
        case .deliveryPoints: .deliveryPoints
        case .suppliers: .suppliers(product: "")
        case .catalogue: .catalogue
        case .prescriptionState: .prescriptionState(.blank)
        case .prescriptionReview: .prescriptionReview(.blank)
        case .prescriptionUse: .prescriptionUse(.blank)
        case .circulatingDrugs: .circulatingDrugs(institution: "")
        case .uploadedCounts: .uploads(.blank(.counts))
        case .uploadedChanges: .uploads(.blank(.changes))
        case .uploadedPurchases: .uploads(.blank(.purchases))
        case .uploadedSales: .uploads(.blank(.sales))
        case .uploadedPurchaseCodes: .uploads(.blank(.purchaseCodes))
        case .uploadedSaleCodes: .uploads(.blank(.saleCodes))
        }
    }
}

extension PlatformOrder {
    fileprivate static let blank = PlatformOrder(
        number: "", deliveryPoint: "",
        lines: [PlatformOrderLine(number: 1, product: "", supplier: "", supplierName: "", packs: 0, packPrice: .zero)])
}

extension PlatformReceipt {
    fileprivate static let blank = PlatformReceipt(
        deliveryLine: "", supplier: "", product: "", batch: "", packsDelivered: 0, packsAccepted: 0)
}

extension PlatformReturn {
    fileprivate static let blank = PlatformReturn(
        number: "", deliveryPoint: "", supplier: "", product: "", deliveryLine: "", batch: "", packs: 0, packPrice: .zero,
        reason: "")
}

extension PlatformInvoice {
    fileprivate static let blank = PlatformInvoice(number: "", supplier: "", amount: .zero, deliveryLines: [""])
}

extension PlatformSettlement {
    fileprivate static let blank = PlatformSettlement(number: "", supplier: "", supplierName: "", deliveryLines: [""])
}

extension PlatformAssortment {
    fileprivate static let blank = PlatformAssortment(lines: [PlatformAssortmentLine(product: "")])
}

extension PlatformInquiry {
    fileprivate static let blank = PlatformInquiry(product: "", ownCode: "", articleKind: "", days: .blank)
}

extension PlatformPrescription {
    fileprivate static let blank = PlatformPrescription(
        number: "", institution: "", root: PlatformNode(), drugs: [], visit: PlatformNode(), diagnoses: [],
        reviewed: PlatformNode(), file: [])
}

extension PlatformPrescriptionInquiry {
    fileprivate static let blank = PlatformPrescriptionInquiry(
        insurerNumber: "", institution: "", visit: "", patientName: "", credentialType: "", credential: "")
}

extension PlatformDays {
    fileprivate static let blank = PlatformDays(from: CalendarDate(day: 0), through: CalendarDate(day: 0))
}

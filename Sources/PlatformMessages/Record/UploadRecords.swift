import Primitives

extension Record {
    /// The records are its lines, and the one of a message that holds one stands in the message itself as well.
    init(_ upload: PlatformUpload) {
        let lines = upload.records.map { Record($0) }
        var values: [NeutralName: NeutralValue] = [:]
        var lists: [NeutralList: [Record]] = [.lines: lines]
        if let only = lines.first, !upload.isBatch {
            values = only.values
            lists.merge(only.lists) { first, _ in first }
        } else {
            lists[.traceCodes] = lines.first?.lists[.traceCodes] ?? []
        }
        values[.institution] = .of(upload.institution.code)
        values[.institutionName] = .of(upload.institution.name)
        values[.lineCount] = .integer(Int64(lines.count))
        self.init(values, lists: lists)
    }

    private init(_ record: PlatformUploadRecord) {
        var values: [NeutralName: NeutralValue] = [
            .recordKey: .of(record.key),
            .batchSerial: .of(record.serial),
            .insuranceCode: .of(record.article.insuranceCode),
            .ownCode: .of(record.article.ownCode),
            .name: .of(record.article.name),
            .saleKind: .text(record.article.sale.rawValue),
            .manufacturer: .of(record.article.manufacturer),
            .approvalNumber: .of(record.article.approvalNumber),
            .batch: .of(record.batch),
            .madeOn: .of(record.madeOn),
            .expiresOn: .of(record.expiresOn),
            .quantity: .quantity(record.quantity),
            .price: record.price.map { .money($0) } ?? .absent,
            .splitPack: .text(record.isSplit ? "yes" : "no"),
            .occurredAt: .moment(record.at),
            .person: .of(record.person),
            .traceCode: .of(record.traceCodes.first),
            .stockChange: .of(record.change?.rawValue),
            .deletedKind: .of(record.deleted?.rawValue),
        ]
        values.merge(Self.values(of: record.purchase)) { first, _ in first }
        values.merge(Self.values(of: record.sale)) { first, _ in first }
        values[.originalRecord] = .of([record.purchase?.original, record.sale?.original].compactMap { $0 }.first)
        self.init(values, lists: [.traceCodes: record.traceCodes.map { Record([.traceCode: .of($0)]) }])
    }

    private static func values(of purchase: PlatformUploadPurchase?) -> [NeutralName: NeutralValue] {
        [
            .supplierName: .of(purchase?.supplier),
            .supplierLicence: .of(purchase?.supplierLicence),
            .deliveryNote: .of(purchase?.deliveryNote),
            .invoiceCode: .of(purchase?.invoiceCode),
            .invoiceNumber: .of(purchase?.invoiceNumber),
        ]
    }

    private static func values(of sale: PlatformUploadSale?) -> [NeutralName: NeutralValue] {
        [
            .prescriber: .of(sale?.prescriber),
            .pharmacist: .of(sale?.pharmacist),
            .pharmacistLicence: .of(sale?.pharmacistLicence),
            .visit: .of(sale?.visit),
            .prescription: .of(sale?.prescription),
            .saleDocument: .of(sale?.document),
            .issue: .of(sale?.issue),
            .settlementType: .of(sale?.settlementType),
            .settlement: .of(sale?.settlement),
            .insuredNumber: .of(sale?.insuredNumber),
            .patient: .of(sale?.patient),
            .certificateKind: .of(sale?.certificateKind),
            .certificate: .of(sale?.certificate),
            .payer: payer(of: sale),
        ]
    }

    /// Who pays, where it is known: the insurer where it has a number of the settlement, the patient where the fee is settled without
    /// one (`hi_feesetl_type` 0).
    private static func payer(of sale: PlatformUploadSale?) -> NeutralValue {
        guard let sale else { return .absent }
        if !sale.settlement.isEmpty { return .text("insurer") }
        return sale.settlementType == "0" ? .text("patient") : .absent
    }

    init(_ question: PlatformUploadQuestion) {
        self.init([
            .institution: .of(question.institution.code),
            .institutionName: .of(question.institution.name),
            .batchSerial: .of(question.serial),
            .recordKey: .of(question.key),
            .from: .day(question.days.from),
            .through: .day(question.days.through),
        ])
    }
}

extension PlatformUpload {
    /// With nothing in it but one record.
    static func blank(_ kind: PlatformUploadKind, isBatch: Bool) -> PlatformUpload {
        PlatformUpload(
            institution: PlatformInstitution(code: "", name: ""), kind: kind,
            records: [
                PlatformUploadRecord(
                    key: "", serial: "", article: PlatformUploadArticle(insuranceCode: "", ownCode: "", name: "", sale: .both),
                    batch: "", quantity: PlatformQuantity(tenThousandths: 0), at: Instant(microseconds: 0), person: "",
                    traceCodes: [""])
            ], isBatch: isBatch)
    }
}

extension PlatformUploadQuestion {
    static func blank(_ about: About) -> PlatformUploadQuestion {
        let day = CalendarDate(day: 0)
        return PlatformUploadQuestion(
            about: about, institution: PlatformInstitution(code: "", name: ""), serial: "",
            days: PlatformDays(from: day, through: day))
    }
}

import PlatformMessages
import Primitives

// What insurers are told in tests: one record of each kind, and two in the forms that hold several.
extension Told {
    static let institution = PlatformInstitution(code: "H33010200001", name: "一镇卫生院")

    static let article = PlatformUploadArticle(
        insuranceCode: "XC09CAX0010A001020104021", ownCode: "W0001-17", name: "缬沙坦胶囊", sale: .prescription,
        manufacturer: "甲制药有限公司", approvalNumber: "国药准字H20103521")

    static func uploadRecord(_ kind: PlatformUploadKind, number: Int64 = 17) -> PlatformUploadRecord {
        var record = PlatformUploadRecord(
            key: "LY-\(number)", serial: "B\(number - 10)", article: article, batch: "20260901A",
            madeOn: CalendarDate("2026-09-01"),
            expiresOn: CalendarDate("2028-08-31"), quantity: PlatformQuantity(tenThousandths: 123_333),
            price: Money(tenThousandths: 125_000), at: Instant("2026-11-22T01:30:00Z") ?? Platforms.stamp.at, person: "王五")
        switch kind {
        case .count, .deletion: break
        case .change:
            record.change = .loss
        case .purchase:
            record.purchase = PlatformUploadPurchase(supplier: "甲医药有限公司", supplierLicence: "浙AA5710001", deliveryNote: "PS-0001")
        case .purchaseReturn: record.purchase = PlatformUploadPurchase(supplier: "甲医药有限公司", original: "P-1")
        case .sale, .saleReturn:
            record.isSplit = true
            record.traceCodes = ["81234567890123456789", "81234567890123456790"]
            record.sale = PlatformUploadSale(
                prescriber: "李医生", pharmacist: "王药师", pharmacistLicence: "331234567890", visit: "MZ-1",
                prescription: "CF-2026-000001",
                document: "FY-2026-000001", issue: "44", settlementType: "1", insuredNumber: "33000000000000000001", patient: "张三丰",
                certificateKind: "01", certificate: "330102199003070012", original: kind == .saleReturn ? "S-1" : "")
        }
        if kind == .deletion { record.deleted = .purchase }
        return record
    }

    static func upload(_ kind: PlatformUploadKind, isBatch: Bool = false) -> PlatformUpload {
        let records = isBatch ? [uploadRecord(kind), uploadRecord(kind, number: 18)] : [uploadRecord(kind)]
        return PlatformUpload(institution: institution, kind: kind, records: records, isBatch: isBatch)
    }

    /// The upload of a kind of fact; `nil` for other facts.
    static func upload(_ kind: PlatformFactKind) -> PlatformUpload? {
        for upload in PlatformUploadKind.allCases {
            if upload.factKind() == kind { return self.upload(upload) }
            if upload.factKind(isBatch: true) == kind { return self.upload(upload, isBatch: true) }
        }
        return nil
    }

    static func uploads(_ about: PlatformUploadQuestion.About) -> PlatformQuestion {
        let day = CalendarDate(day: 20_779)
        return .uploads(
            PlatformUploadQuestion(
                about: about, institution: institution, serial: "B7", key: "LY-17", days: PlatformDays(from: day, through: day)))
    }
}

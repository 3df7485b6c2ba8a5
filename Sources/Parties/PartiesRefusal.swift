public import Primitives

/// Every way the parties say no.
public enum PartiesRefusalCode: String, RefusalCode {
    case facilityUnknown = "parties.facility-unknown"
    case storeUnknown = "parties.store-unknown"
    case companyUnknown = "parties.company-unknown"
    case notASupplier = "parties.not-a-supplier"
    case creditCodeInvalid = "parties.credit-code-invalid"
    case licencePeriodInvalid = "parties.licence-period-invalid"
    case locationInvalid = "parties.location-invalid"
    case distanceInvalid = "parties.distance-invalid"

    public var category: RefusalCategory {
        switch self {
        case .facilityUnknown, .storeUnknown, .companyUnknown: .missing
        case .notASupplier, .creditCodeInvalid, .licencePeriodInvalid, .locationInvalid, .distanceInvalid: .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .facilityUnknown: Phrase("本医联体没有这个机构", "There is no such facility in this consortium")
        case .storeUnknown: Phrase("本医联体没有这个库房", "There is no such store in this consortium")
        case .companyUnknown: Phrase("没有这个企业", "There is no such company")
        case .notASupplier: Phrase("该企业不是供应商", "The company is not a supplier")
        case .creditCodeInvalid: Phrase("统一社会信用代码校验不符", "The unified social credit code does not check")
        case .licencePeriodInvalid: Phrase("许可证有效期不成立", "The licence ends before it begins")
        case .locationInvalid: Phrase("坐标不在有效范围内", "There is no such place on earth")
        case .distanceInvalid: Phrase("两机构间的距离不成立", "The distance between two facilities is not possible")
        }
    }
}

public typealias PartiesRefusal = Refused<PartiesRefusalCode>

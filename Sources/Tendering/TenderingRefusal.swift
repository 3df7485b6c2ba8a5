public import Primitives

/// Every way tendering says no.
public enum TenderingRefusalCode: String, RefusalCode {
    case tenderUnknown = "tendering.tender-unknown"
    case packageUnknown = "tendering.package-unknown"
    case bidUnknown = "tendering.bid-unknown"
    case idTaken = "tendering.id-taken"
    case wrongState = "tendering.wrong-state"
    case titleMissing = "tendering.title-missing"
    case timesInvalid = "tendering.times-invalid"
    case packageInvalid = "tendering.package-invalid"
    case nothingToBidFor = "tendering.nothing-to-bid-for"
    case nobodyInvited = "tendering.nobody-invited"
    case notInvited = "tendering.not-invited"
    case bidsClosed = "tendering.bids-closed"
    case openingTooEarly = "tendering.opening-too-early"
    case priceInvalid = "tendering.price-invalid"
    case quantityInvalid = "tendering.quantity-invalid"
    case articleNotOfPackage = "tendering.article-not-of-package"
    case priceAboveCeiling = "tendering.price-above-ceiling"
    case licenceMissing = "tendering.licence-missing"
    case reasonMissing = "tendering.reason-missing"
    case awardNotOfAValidBid = "tendering.award-not-of-a-valid-bid"
    case awardExceedsQuantity = "tendering.award-exceeds-quantity"

    public var category: RefusalCategory {
        switch self {
        case .tenderUnknown, .packageUnknown, .bidUnknown: .missing
        case .notInvited: .forbidden
        case .idTaken, .wrongState, .nothingToBidFor, .nobodyInvited, .bidsClosed, .openingTooEarly: .conflict
        case .titleMissing, .timesInvalid, .packageInvalid, .priceInvalid, .quantityInvalid, .articleNotOfPackage,
            .priceAboveCeiling, .licenceMissing, .reasonMissing, .awardNotOfAValidBid, .awardExceedsQuantity:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .tenderUnknown: Phrase("没有这个招标项目", "There is no such tender")
        case .packageUnknown: Phrase("该招标没有这个包", "The tender has no such package")
        case .bidUnknown: Phrase("没有这份投标", "There is no such bid")
        case .idTaken: Phrase("该单据号已被使用", "The id already belongs to another document")
        case .wrongState: Phrase("招标当前状态不允许这样做", "The tender's state does not allow this")
        case .titleMissing: Phrase("招标须有标题", "A tender has a title")
        case .timesInvalid: Phrase("投标截止须在开标之前且尚未到期", "Bids close in the future and before they are opened")
        case .packageInvalid: Phrase("包的数量、限价或规则不成立", "The package's quantity, ceiling or rule does not hold")
        case .nothingToBidFor: Phrase("招标没有任何包", "The tender has no package")
        case .nobodyInvited: Phrase("招标没有邀请任何供应商", "The tender invites nobody")
        case .notInvited: Phrase("该企业未被邀请投标", "The company is not invited to bid")
        case .bidsClosed: Phrase("投标已截止", "Bids are closed")
        case .openingTooEarly: Phrase("未到开标时间", "The time of opening has not come")
        case .priceInvalid: Phrase("报价须大于零", "A price is above zero and within bounds")
        case .quantityInvalid: Phrase("供应数量须大于零", "A quantity is above zero and within bounds")
        case .articleNotOfPackage: Phrase("所投产品不属于该包", "The article is not of the package's product")
        case .priceAboveCeiling: Phrase("报价高于最高限价", "The price is above the ceiling")
        case .licenceMissing: Phrase("没有有效的生产或经营许可证", "The supplier holds no valid licence for the product")
        case .reasonMissing: Phrase("须书面说明理由", "A reason is written down")
        case .awardNotOfAValidBid: Phrase("只能授予该包的有效投标", "Awards go to valid bids for the package, each once")
        case .awardExceedsQuantity: Phrase("授予数量超过采购量或供应量", "Awards exceed what was asked or offered")
        }
    }
}

public typealias TenderingRefusal = Refused<TenderingRefusalCode>

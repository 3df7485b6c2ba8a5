public import Primitives

/// Every way pooling and purchase orders say no.
public enum PooledProcurementRefusalCode: String, RefusalCode {
    case poolUnknown = "pooled-procurement.pool-unknown"
    case nothingToPool = "pooled-procurement.nothing-to-pool"
    case poolWrongState = "pooled-procurement.pool-wrong-state"
    case lineNotInPool = "pooled-procurement.line-not-in-pool"
    case lineAlreadyTendered = "pooled-procurement.line-already-tendered"
    case ceilingMissing = "pooled-procurement.ceiling-missing"
    case nothingAwarded = "pooled-procurement.nothing-awarded"
    case alreadyOrdered = "pooled-procurement.already-ordered"
    case idTaken = "pooled-procurement.id-taken"
    case orderUnknown = "pooled-procurement.order-unknown"
    case orderWrongState = "pooled-procurement.order-wrong-state"
    case changedMeanwhile = "pooled-procurement.changed-meanwhile"
    case lineUnknown = "pooled-procurement.line-unknown"
    case linesInvalid = "pooled-procurement.lines-invalid"
    case quantityInvalid = "pooled-procurement.quantity-invalid"
    case priceInvalid = "pooled-procurement.price-invalid"
    case storeNotOfFacility = "pooled-procurement.store-not-of-facility"
    case externalCodeRepeated = "pooled-procurement.external-code-repeated"
    case licenceMissing = "pooled-procurement.licence-missing"
    case reasonMissing = "pooled-procurement.reason-missing"
    case agreementMissing = "pooled-procurement.agreement-missing"
    case priceIsAwarded = "pooled-procurement.price-is-awarded"
    case priceDiffers = "pooled-procurement.price-differs"
    case priceNotOnRecord = "pooled-procurement.price-not-on-record"
    case priceAboveCeiling = "pooled-procurement.price-above-ceiling"
    case moreThanOrdered = "pooled-procurement.more-than-ordered"
    case lessThanReceived = "pooled-procurement.less-than-received"
    case overDelivery = "pooled-procurement.over-delivery"

    public var category: RefusalCategory {
        switch self {
        case .poolUnknown, .orderUnknown, .lineUnknown: .missing
        case .nothingToPool, .poolWrongState, .lineAlreadyTendered, .nothingAwarded, .alreadyOrdered, .idTaken, .orderWrongState,
            .changedMeanwhile, .externalCodeRepeated, .overDelivery:
            .conflict
        case .lineNotInPool, .ceilingMissing, .linesInvalid, .quantityInvalid, .priceInvalid, .storeNotOfFacility,
            .licenceMissing,
            .reasonMissing, .agreementMissing, .priceIsAwarded, .priceDiffers, .priceNotOnRecord, .priceAboveCeiling,
            .moreThanOrdered, .lessThanReceived:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .poolUnknown: Phrase("没有这个汇总单", "There is no such pool")
        case .nothingToPool: Phrase("没有已审批、未汇总的请领单", "No approved requisition waits to be pooled")
        case .poolWrongState: Phrase("汇总单当前状态不允许这样做", "The pool's state does not allow this")
        case .lineNotInPool: Phrase("汇总单中没有这个品种", "The pool has no line for the product")
        case .lineAlreadyTendered: Phrase("该品种已在招标中", "The pooled line is in a tender already")
        case .ceilingMissing: Phrase("没有参考价，须给出最高限价", "No article has a reference price: a ceiling must be given")
        case .nothingAwarded: Phrase("该招标没有可下单的中选结果", "The tender has no award for the pool's lines")
        case .alreadyOrdered: Phrase("中选结果已下单", "Orders have been made from these awards")
        case .idTaken: Phrase("该单据号已被使用", "The id already belongs to another document")
        case .orderUnknown: Phrase("没有这个采购订单", "There is no such purchase order")
        case .orderWrongState: Phrase("订单当前状态不允许这样做", "The order's state does not allow this")
        case .changedMeanwhile: Phrase("订单已被他人修改，请重新读取", "The order has been changed meanwhile: read it again")
        case .lineUnknown: Phrase("订单没有这一行", "The order has no such line")
        case .linesInvalid: Phrase("订单行缺失、重复或过多", "Lines are missing, repeated or too many")
        case .quantityInvalid: Phrase("数量须为正且在范围内", "A number of packs is above zero and within bounds")
        case .priceInvalid: Phrase("价格须为正且在范围内", "A price is above zero and its amount within bounds")
        case .storeNotOfFacility: Phrase("库房不属于该机构", "The store does not belong to the facility")
        case .externalCodeRepeated: Phrase("该平台订单明细已下单", "A line with this external code has been ordered")
        case .licenceMissing: Phrase("供应商没有有效的许可证", "The supplier holds no valid licence for the product")
        case .reasonMissing: Phrase("须书面说明理由", "A reason is written down")
        case .agreementMissing: Phrase("订单已发出，须与供应商商定", "The order has been sent: the supplier must have agreed")
        case .priceIsAwarded: Phrase("中选价格不得修改", "The price was awarded and cannot be changed")
        case .priceDiffers:
            Phrase("价格与当日执行的中选价、合同价或挂网价不符", "Another price rules on the day: awarded, contract or listed")
        case .priceNotOnRecord: Phrase("当日没有有效的中选价、合同价或挂网价", "No awarded, contract or listed price holds on the day")
        case .priceAboveCeiling: Phrase("价格高于平台最高限价", "The price is above the platform's ceiling")
        case .moreThanOrdered: Phrase("确认数量超过订购数量", "More is confirmed than ordered")
        case .lessThanReceived: Phrase("数量低于已收或已取消数量", "Less than what is received and cancelled already")
        case .overDelivery: Phrase("收货超过未到数量", "More is delivered than is open")
        }
    }
}

public typealias PooledProcurementRefusal = Refused<PooledProcurementRefusalCode>

extension String {
    /// Whether there is something to read.
    var saysSomething: Bool { contains { !$0.isWhitespace } }
}

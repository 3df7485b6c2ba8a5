import Postgres
public import Primitives

/// Every way distribution says no.
public enum DistributionRefusalCode: String, RefusalCode {
    case shipmentUnknown = "distribution.shipment-unknown"
    case receiptUnknown = "distribution.receipt-unknown"
    case documentIDTaken = "distribution.document-id-taken"
    case deliveryNoteAnnounced = "distribution.delivery-note-announced"
    case orderNotDeliverable = "distribution.order-not-deliverable"
    case moreThanOpen = "distribution.more-than-open"
    case wrongState = "distribution.wrong-state"
    case alreadyReceived = "distribution.already-received"
    case deliveryNoteInvalid = "distribution.delivery-note-invalid"
    case datesInvalid = "distribution.dates-invalid"
    case linesInvalid = "distribution.lines-invalid"
    case licenceInvalid = "distribution.licence-invalid"
    case wrongArticle = "distribution.wrong-article"
    case expired = "distribution.expired"
    case shortDated = "distribution.short-dated"
    case temperatureMissing = "distribution.temperature-missing"
    case temperatureOutOfRange = "distribution.temperature-out-of-range"
    case moreThanReceived = "distribution.more-than-received"
    case reasonRequired = "distribution.reason-required"
    case secondPersonRequired = "distribution.second-person-required"

    public var category: RefusalCategory {
        switch self {
        case .shipmentUnknown, .receiptUnknown: .missing
        case .documentIDTaken, .deliveryNoteAnnounced, .orderNotDeliverable, .moreThanOpen, .wrongState, .alreadyReceived,
            .moreThanReceived:
            .conflict
        case .deliveryNoteInvalid, .datesInvalid, .linesInvalid, .licenceInvalid, .wrongArticle, .expired, .shortDated,
            .temperatureMissing, .temperatureOutOfRange, .reasonRequired, .secondPersonRequired:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .shipmentUnknown: Phrase("没有这张发货单", "There is no such shipment")
        case .receiptUnknown: Phrase("没有这张验收单", "There is no such goods receipt")
        case .documentIDTaken: Phrase("单据标识已被使用", "The document's id is already taken")
        case .deliveryNoteAnnounced: Phrase("该随货同行单已登记", "The delivery note has been announced already")
        case .orderNotDeliverable: Phrase("订单当前状态不能发货", "Nothing is delivered for an order in this state")
        case .moreThanOpen: Phrase("发货数量超过订单未到数量", "More is shipped than is open on the order")
        case .wrongState: Phrase("发货单当前状态不允许此操作", "The shipment is in a state that does not allow this")
        case .alreadyReceived: Phrase("该发货单已验收", "The shipment has been received already")
        case .deliveryNoteInvalid: Phrase("随货同行单号不合规", "The delivery note's number is empty or too long")
        case .datesInvalid: Phrase("日期不成立", "The days do not follow each other")
        case .linesInvalid: Phrase("明细有误", "A line is missing, repeated or wrong")
        case .licenceInvalid: Phrase("供应商当日没有有效许可证", "The supplier holds no licence for the goods that is valid today")
        case .wrongArticle: Phrase("到货品规与订单不符，须拒收", "Goods that were not ordered must be rejected")
        case .expired: Phrase("药品已过期，须拒收", "Expired goods must be rejected")
        case .shortDated: Phrase("剩余效期不足，接收须说明理由", "Goods with little remaining life are accepted only with a reason")
        case .temperatureMissing: Phrase("冷链药品须记录到货温度", "Goods that need cold are accepted only with their temperature")
        case .temperatureOutOfRange: Phrase("到货温度超出贮藏范围，须拒收", "Goods that came outside their temperature range must be rejected")
        case .moreThanReceived: Phrase("退货数量须大于零且不超过已验收未退数量", "No more goes back than was accepted and has not gone back")
        case .reasonRequired: Phrase("拒收或短缺须说明原因", "A rejection or a shortage needs its reason")
        case .secondPersonRequired: Phrase("特殊管理药品须双人验收", "Controlled goods are accepted by two different people")
        }
    }
}

public typealias DistributionRefusal = Refused<DistributionRefusalCode>

/// Runs `body`; a violation of `constraint` becomes `refusal`.
@discardableResult
func refusing<Value>(
    _ constraint: String, as refusal: @autoclosure () -> DistributionRefusal, _ body: () throws -> Value
) throws -> Value {
    do {
        return try body()
    } catch let error as PostgresError where error.constraint == constraint {
        throw refusal()
    }
}

public import Primitives

/// Every way a requisition, a cycle or a shortage report says no.
public enum RequisitionsRefusalCode: String, RefusalCode {
    case requisitionUnknown = "requisitions.requisition-unknown"
    case requisitionExists = "requisitions.requisition-exists"
    case alreadyOpenInCycle = "requisitions.already-open-in-cycle"
    case wrongState = "requisitions.wrong-state"
    case changedMeanwhile = "requisitions.changed-meanwhile"
    case strategyInvalid = "requisitions.strategy-invalid"
    case nothingChosen = "requisitions.nothing-chosen"
    case notOrderable = "requisitions.not-orderable"
    case lineRepeated = "requisitions.line-repeated"
    case lineUnknown = "requisitions.line-unknown"
    case quantityInvalid = "requisitions.quantity-invalid"
    case notWholePacks = "requisitions.not-whole-packs"
    case nothingRequested = "requisitions.nothing-requested"
    case deviationNeedsReason = "requisitions.deviation-needs-reason"
    case changeNeedsReason = "requisitions.change-needs-reason"
    case reasonMissing = "requisitions.reason-missing"
    case cycleUnknown = "requisitions.cycle-unknown"
    case cycleExists = "requisitions.cycle-exists"
    case cycleInvalid = "requisitions.cycle-invalid"
    case cycleClosed = "requisitions.cycle-closed"
    case shortageUnknown = "requisitions.shortage-unknown"
    case shortageExists = "requisitions.shortage-exists"
    case shortageNamesNothing = "requisitions.shortage-names-nothing"
    case shortageWrongState = "requisitions.shortage-wrong-state"

    public var category: RefusalCategory {
        switch self {
        case .requisitionUnknown, .cycleUnknown, .shortageUnknown: .missing
        case .requisitionExists, .alreadyOpenInCycle, .wrongState, .changedMeanwhile, .cycleExists, .cycleClosed, .shortageExists,
            .shortageWrongState:
            .conflict
        case .strategyInvalid, .nothingChosen, .notOrderable, .lineRepeated, .lineUnknown, .quantityInvalid, .notWholePacks,
            .nothingRequested, .deviationNeedsReason, .changeNeedsReason, .reasonMissing, .cycleInvalid, .shortageNamesNothing:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .requisitionUnknown: Phrase("没有这张请领单", "There is no such requisition in this consortium")
        case .requisitionExists: Phrase("这个请领单编号已经用过", "A requisition with this id was already opened")
        case .alreadyOpenInCycle: Phrase("本库房在本周期已有请领单", "The store already has an open requisition in this cycle")
        case .wrongState: Phrase("请领单当前状态不能这样办理", "The requisition is in another state than this needs")
        case .changedMeanwhile: Phrase("请领单已被他人修改，请刷新后再办理", "The requisition was changed meanwhile: read it again")
        case .strategyInvalid: Phrase("补货策略参数不在允许范围内", "A parameter of the strategy is out of its range")
        case .nothingChosen: Phrase("请领单没有任何品种", "The requisition would have no product on it")
        case .notOrderable: Phrase("该品种没有可采购的包装", "The product has no pack that can be bought")
        case .lineRepeated: Phrase("同一品种出现了两次", "A product is named twice")
        case .lineUnknown: Phrase("请领单上没有这个品种", "The product is not on the requisition")
        case .quantityInvalid: Phrase("数量不能为负，也不能超过上限", "A quantity is from 0 to 10^12")
        case .notWholePacks: Phrase("数量必须是整包装的倍数", "The quantity is not a number of whole packs")
        case .nothingRequested: Phrase("没有请领任何数量", "Nothing is requested on any line")
        case .deviationNeedsReason: Phrase("与建议量差异较大，请填写原因", "A quantity far from the suggestion needs a reason")
        case .changeNeedsReason: Phrase("审批数量与请领数量不同，请填写原因", "An approved quantity other than requested needs a reason")
        case .reasonMissing: Phrase("请填写原因", "This needs a reason")
        case .cycleUnknown: Phrase("没有这个请领周期", "There is no such cycle in this consortium")
        case .cycleExists: Phrase("这个周期编号已经用过", "A cycle with this id was already opened")
        case .cycleInvalid: Phrase("周期须有名称，结束日不早于开始日", "A cycle has a name and ends on or after the day it begins")
        case .cycleClosed: Phrase("请领周期未开放或已关闭", "The cycle is not open today")
        case .shortageUnknown: Phrase("没有这条缺药登记", "There is no such shortage report in this consortium")
        case .shortageExists: Phrase("这个缺药登记编号已经用过", "A shortage report with this id was already made")
        case .shortageNamesNothing: Phrase("请选择品种，或者写明药名，二者取一", "A report names either a product or a description")
        case .shortageWrongState: Phrase("缺药登记当前状态不能这样办理", "The shortage report is in another state than this needs")
        }
    }
}

public typealias RequisitionsRefusal = Refused<RequisitionsRefusalCode>

/// A reason without the blanks around it.
///
/// - Throws: ``RequisitionsRefusal`` `requisitions.reason-missing` when nothing is left.
func required(reason: String, for what: String) throws(RequisitionsRefusal) -> String {
    guard let reason = trimmed(reason) else { throw RequisitionsRefusal(.reasonMissing, what, field: "reason") }
    return reason
}

/// A text without the blanks around it; `nil` when nothing is left.
func trimmed(_ text: String?) -> String? {
    guard let text, let first = text.firstIndex(where: { !$0.isWhitespace }),
        let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return nil }
    return String(text[first...last])
}

public import Primitives

/// Every way a stocktake says no.
public enum StocktakesRefusalCode: String, RefusalCode {
    case stocktakeUnknown = "stocktakes.stocktake-unknown"
    case stocktakeExists = "stocktakes.stocktake-exists"
    case storeIsBeingCounted = "stocktakes.store-is-being-counted"
    case wrongState = "stocktakes.wrong-state"
    case changedMeanwhile = "stocktakes.changed-meanwhile"
    case settingInvalid = "stocktakes.setting-invalid"
    case nothingToCount = "stocktakes.nothing-to-count"
    case nothingNamed = "stocktakes.nothing-named"
    case lineUnknown = "stocktakes.line-unknown"
    case lineRepeated = "stocktakes.line-repeated"
    case lineNotToCount = "stocktakes.line-not-to-count"
    case quantityInvalid = "stocktakes.quantity-invalid"
    case notFoundUnmarked = "stocktakes.not-found-unmarked"
    case countedByAnother = "stocktakes.counted-by-another"
    case recountBySamePerson = "stocktakes.recount-by-same-person"
    case batchOnSheet = "stocktakes.batch-on-sheet"
    case productOutOfScope = "stocktakes.product-out-of-scope"
    case notAllCounted = "stocktakes.not-all-counted"
    case stillBlind = "stocktakes.still-blind"
    case noDifference = "stocktakes.no-difference"
    case reasonDoesNotFit = "stocktakes.reason-does-not-fit"
    case noteMissing = "stocktakes.note-missing"
    case differenceUnexplained = "stocktakes.difference-unexplained"
    case reasonMissing = "stocktakes.reason-missing"
    case approverTookPart = "stocktakes.approver-took-part"
    case bookCorrected = "stocktakes.book-corrected"
    case lossNoLongerFits = "stocktakes.loss-no-longer-fits"

    public var category: RefusalCategory {
        switch self {
        case .stocktakeUnknown: .missing
        case .recountBySamePerson, .approverTookPart: .forbidden
        case .stocktakeExists, .storeIsBeingCounted, .wrongState, .changedMeanwhile, .lineNotToCount, .countedByAnother, .batchOnSheet,
            .notAllCounted, .stillBlind, .bookCorrected, .lossNoLongerFits:
            .conflict
        case .settingInvalid, .nothingToCount, .nothingNamed, .lineUnknown, .lineRepeated, .quantityInvalid, .notFoundUnmarked,
            .productOutOfScope, .noDifference, .reasonDoesNotFit, .noteMissing, .differenceUnexplained, .reasonMissing:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .stocktakeUnknown: Phrase("没有这张盘点单", "There is no such stocktake in this consortium")
        case .stocktakeExists: Phrase("这个盘点单编号已经用过", "A stocktake with this id was already opened")
        case .storeIsBeingCounted: Phrase("本库房已有未结束的盘点", "The store has a stocktake that has not ended")
        case .wrongState: Phrase("盘点单当前状态不能这样办理", "The stocktake is in another state than this needs")
        case .changedMeanwhile: Phrase("盘点单已被他人办理，请刷新", "The stocktake was changed meanwhile: read it again")
        case .settingInvalid: Phrase("盘点范围或复盘标准不在允许范围内", "A parameter of the scope or of the recount rule is out of its range")
        case .nothingToCount: Phrase("所选范围内没有库存", "There is no stock in what was chosen to be counted")
        case .nothingNamed: Phrase("没有指明任何明细", "No line is named")
        case .lineUnknown: Phrase("盘点表上没有这一行", "There is no such line on the sheet")
        case .lineRepeated: Phrase("同一行出现了两次", "A line is named twice")
        case .lineNotToCount: Phrase("本轮不须清点这一行", "The line is not to be counted in this round")
        case .quantityInvalid: Phrase("实盘数不能为负，也不能超过上限", "A counted quantity is from 0 to 10^12")
        case .notFoundUnmarked: Phrase("实盘数为零须注明未找到", "Nothing is entered as not found, and something is not")
        case .countedByAnother: Phrase("本轮已由他人清点这一行", "Somebody else has counted the line in this round")
        case .recountBySamePerson: Phrase("复盘须由另一人进行", "A recount is done by another person than the count before")
        case .batchOnSheet: Phrase("该批次已在盘点表上", "The batch is on the sheet")
        case .productOutOfScope: Phrase("该品种不在本次盘点范围内", "The product is not among what this stocktake counts")
        case .notAllCounted: Phrase("还有明细未清点", "Lines are still to be counted or marked as not found")
        case .stillBlind: Phrase("盲盘进行中，账面数与差异暂不显示", "The count is blind: what the ledger says is told when it has ended")
        case .noDifference: Phrase("该行账实相符，不须说明", "The line does not differ: there is nothing to explain")
        case .reasonDoesNotFit: Phrase("原因与盘盈盘损方向不符", "The reason explains the other kind of difference")
        case .noteMissing: Phrase("须写明具体情况", "This reason needs a note")
        case .differenceUnexplained: Phrase("有差异未说明原因", "A difference has no reason yet")
        case .reasonMissing: Phrase("请填写原因", "This needs a reason")
        case .approverTookPart: Phrase("审批人不得为清点人或提交人", "Who counted or submitted does not approve")
        case .bookCorrected: Phrase("清点后账目有更正，须复盘", "The ledger was corrected after the count: count again")
        case .lossNoLongerFits: Phrase("现有库存少于盘损数，须复盘", "Less is there than the count found missing: count again")
        }
    }
}

public typealias StocktakesRefusal = Refused<StocktakesRefusalCode>

/// A text without the blanks around it.
func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }), let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
}

/// A reason without the blanks around it.
///
/// - Throws: ``StocktakesRefusal`` `stocktakes.reason-missing` when nothing is left.
func required(reason: String, for what: String) throws(StocktakesRefusal) -> String {
    let reason = trimmed(reason)
    guard !reason.isEmpty else { throw StocktakesRefusal(.reasonMissing, what, field: "reason") }
    return reason
}

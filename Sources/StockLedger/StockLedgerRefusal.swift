public import Primitives

/// Every way the stock ledger says no.
public enum StockLedgerRefusalCode: String, RefusalCode {
    case quantityNotPositive = "stock-ledger.quantity-not-positive"
    case nothingToMove = "stock-ledger.nothing-to-move"
    case reasonMissing = "stock-ledger.reason-missing"
    case batchNumberInvalid = "stock-ledger.batch-number-invalid"
    case batchExpired = "stock-ledger.batch-expired"
    case batchUnknown = "stock-ledger.batch-unknown"
    case movementUnknown = "stock-ledger.movement-unknown"
    case transferUnknown = "stock-ledger.transfer-unknown"
    case insufficientStock = "stock-ledger.insufficient-stock"
    case alreadyRecorded = "stock-ledger.already-recorded"
    case alreadyReversed = "stock-ledger.already-reversed"
    case notReversible = "stock-ledger.not-reversible"
    case documentDecides = "stock-ledger.document-decides"
    case transferReceived = "stock-ledger.transfer-received"
    case sameStore = "stock-ledger.same-store"
    case controlledTransfer = "stock-ledger.controlled-transfer"
    case moreThanShipped = "stock-ledger.more-than-shipped"
    case dayInFuture = "stock-ledger.day-in-future"
    case dayTooEarly = "stock-ledger.day-too-early"
    case dayClosed = "stock-ledger.day-closed"
    case dayNotOver = "stock-ledger.day-not-over"
    case wouldTurnNegative = "stock-ledger.would-turn-negative"
    case frozen = "stock-ledger.frozen"
    case batchHeld = "stock-ledger.batch-held"
    case batchHeldAlready = "stock-ledger.batch-held-already"
    case holdUnknown = "stock-ledger.hold-unknown"
    case holdLifted = "stock-ledger.hold-lifted"

    public var category: RefusalCategory {
        switch self {
        case .batchUnknown, .movementUnknown, .transferUnknown, .holdUnknown: .missing
        case .insufficientStock, .alreadyRecorded, .alreadyReversed, .transferReceived, .dayClosed, .wouldTurnNegative, .frozen,
            .batchHeld, .batchHeldAlready, .holdLifted:
            .conflict
        default: .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .quantityNotPositive: Phrase("数量须为正整数", "A quantity must be a positive whole number within bounds")
        case .nothingToMove: Phrase("没有任何明细", "There is no line")
        case .reasonMissing: Phrase("须说明原因", "A reason is needed")
        case .batchNumberInvalid: Phrase("批号不合规", "The batch number is empty, too long or holds control characters")
        case .batchExpired: Phrase("批次已过期", "The batch has expired")
        case .batchUnknown: Phrase("没有这个批次", "There is no such batch")
        case .movementUnknown: Phrase("没有这笔流水", "There is no such movement")
        case .transferUnknown: Phrase("没有这张调拨单", "There is no such transfer")
        case .insufficientStock: Phrase("库存不足", "There is not enough usable stock")
        case .alreadyRecorded: Phrase("该请求已记账", "The request was recorded already")
        case .alreadyReversed: Phrase("该流水已冲销", "The movement was reversed already")
        case .notReversible: Phrase("该流水不能冲销", "This kind of movement is not reversed")
        case .documentDecides: Phrase(
                "收货、发药、退药和盘点须由其单据更正",
                "What a goods receipt, a dispensing, a patient's return or a stocktake moved is corrected there")
        case .transferReceived: Phrase("调拨已接收", "The transfer was received already")
        case .sameStore: Phrase("调出与调入须为不同库房", "A transfer goes to another store")
        case .controlledTransfer: Phrase("麻醉药品和第一类精神药品不得调拨", "Narcotic and class I psychotropic drugs are not redistributed")
        case .moreThanShipped: Phrase("接收数量超过调出数量", "More is received than was shipped")
        case .dayInFuture: Phrase("业务日期不得晚于今天", "A movement counts for today or an earlier day")
        case .dayTooEarly: Phrase("业务日期过早，不得补记", "The day is too long ago to record anything for it")
        case .dayClosed: Phrase("该日期已结账", "The day is closed")
        case .dayNotOver: Phrase("只能结已过去的日期", "Only days that are over are closed")
        case .wouldTurnNegative: Phrase("补记将使其后某日结存为负", "A later day would end with less than nothing")
        case .batchHeld: Phrase("该批次已停用", "The batch is held: nothing may be taken of it")
        case .batchHeldAlready: Phrase("该批次已处于停用状态", "The batch is held already")
        case .holdUnknown: Phrase("没有这条停用记录", "There is no such hold")
        case .holdLifted: Phrase("该停用已解除", "The hold was lifted already")
        case .frozen: Phrase("该品种正在停动盘点，暂不能出入库", "The product is being counted and held still: nothing of it moves")
        }
    }
}

public typealias StockLedgerRefusal = Refused<StockLedgerRefusalCode>

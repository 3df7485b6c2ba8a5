public import Primitives

/// Every way a person's decision about a message is refused.
public enum OutboxRefusalCode: String, RefusalCode {
    case messageUnknown = "outbox.message-unknown"
    case messageNotFailed = "outbox.message-not-failed"
    case notCorrectable = "outbox.not-correctable"
    case reasonMissing = "outbox.reason-missing"

    public var category: RefusalCategory {
        switch self {
        case .messageUnknown: .missing
        case .messageNotFailed, .notCorrectable: .conflict
        case .reasonMissing: .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .messageUnknown: Phrase("没有这条消息", "There is no such message")
        case .messageNotFailed: Phrase("只有被拒绝或已放弃的消息才能重发或作废", "Only a message that was refused or given up is released or discarded")
        case .notCorrectable:
            Phrase("不清楚对方是否已收到，内容不能更改", "Nobody knows whether the destination has it, so what it says cannot be changed")
        case .reasonMissing: Phrase("必须说明原因", "A reason must be given")
        }
    }
}

public typealias OutboxRefusal = Refused<OutboxRefusalCode>

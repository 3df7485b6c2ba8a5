import Postgres
public import Primitives

/// Why more or less is there than the ledger says.
public enum DifferenceReason: String, StoredText, Codable, CaseIterable {
    /// The count before was wrong.
    case earlierCountError = "earlier-count-error"
    /// A receipt, issue or transfer was recorded wrongly or not at all.
    case recordError = "record-error"
    /// Packs were taken for base units or the other way round.
    case unitError = "unit-error"
    /// Goods of one batch were recorded as another; the other batch differs the other way.
    case wrongBatch = "wrong-batch"
    case breakage
    /// Expired goods were taken away without a record.
    case expiryRemoved = "expiry-removed"
    /// Drying, crumbling, spilling: herbal pieces and liquids.
    case naturalLoss = "natural-loss"
    case lost
    case stolen
    /// Goods turned up that no record knows.
    case found
    /// Looked into and not understood; the note says what was done.
    case unexplained
    /// The note says it.
    case other

    public var meaning: Phrase {
        switch self {
        case .earlierCountError: Phrase("上次盘点差错", "The count before was wrong")
        case .recordError: Phrase("漏记或错记", "Recorded wrongly or not at all")
        case .unitError: Phrase("单位换算差错", "Mistaken unit")
        case .wrongBatch: Phrase("批号串记", "Recorded as another batch")
        case .breakage: Phrase("破损", "Broken")
        case .expiryRemoved: Phrase("过期清出未记账", "Expired, removed without a record")
        case .naturalLoss: Phrase("自然损耗", "Natural loss")
        case .lost: Phrase("丢失", "Lost")
        case .stolen: Phrase("被盗", "Stolen")
        case .found: Phrase("找到未入账", "Found, not recorded")
        case .unexplained: Phrase("原因不明", "Unexplained")
        case .other: Phrase("其他", "Other")
        }
    }

    /// Whether it explains more on the shelf than in the ledger (盘盈).
    public var explainsGain: Bool {
        switch self {
        case .breakage, .expiryRemoved, .naturalLoss, .lost, .stolen: false
        case .earlierCountError, .recordError, .unitError, .wrongBatch, .found, .unexplained, .other: true
        }
    }

    /// Whether it explains less on the shelf than in the ledger (盘损).
    public var explainsLoss: Bool { self != .found }

    /// Whether it says nothing without a note.
    public var needsNote: Bool { self == .unexplained || self == .other }
}

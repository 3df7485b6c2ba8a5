import Postgres
public import Primitives

public typealias OpenedPackID = Identifier<OpenedPack>

/// How an opened pack came to its end.
public enum PackClosing: String, StoredText, Codable, CaseIterable {
    /// Its last units were handed out.
    case usedUp = "used-up"
    /// The ledger no longer holds its units: they were counted out, quarantined or sent elsewhere.
    case moved
    /// What was left went into quarantine, with a reason.
    case discarded
}

/// A pack that was opened at a store to hand out less than a whole one (拆零).
public struct OpenedPack: Sendable, Hashable, Codable {
    public let id: OpenedPackID
    public let store: StoreID
    public let product: ProductID
    public let article: ArticleID
    public let batch: BatchID
    public let batchNumber: String
    public let expiresOn: CalendarDate
    /// The pack's trace code; `nil` when it has none or nobody scanned it.
    public let code: String?
    /// Whether it stands for loose units that the ledger held besides whole packs, rather than for a pack that was opened.
    public let isFound: Bool
    /// Base units in it when it was opened.
    public let units: BaseUnits
    /// Base units still in it.
    public let remaining: BaseUnits
    public let openedAt: Instant
    public let openedBy: PersonID
    /// `nil` while something is in it.
    public let closing: PackClosing?
    public let closingReason: String
}

/// What a handing out took of an opened pack: a line of the sub-packaging record.
///
/// Source: R-ST-02, a sub-packaging record is kept for a year at least; here it is never deleted.
public struct PackUse: Sendable, Hashable, Codable {
    public let dispensing: DispensingID
    /// The line of the dispensing, from 1.
    public let line: Int
    /// Base units.
    public let quantity: BaseUnits
    public let dispensedAt: Instant
    /// Who prepared it, where that was another than who handed it out.
    public let preparer: PersonID?
    public let dispenser: PersonID
}

/// An opened pack with everything that was handed out of it, in order.
public struct SubPackagingRecord: Sendable, Hashable, Codable {
    public let pack: OpenedPack
    public let uses: [PackUse]
}

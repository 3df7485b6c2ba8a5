public import Primitives

/// How much of a product a store used, over whole days that have passed.
public struct DemandHistory: Sendable, Hashable {
    /// Base units to patients and wards, less what came back; negative when more came back than went out.
    public let consumed: BaseUnits
    /// The sum over the days of each day's consumption squared.
    public let squares: Int64
    /// From 1.
    public let periodDays: Int
    /// Days of the period on which nothing was available, from 0 through ``periodDays``.
    public let stockOutDays: Int

    public init(consumed: BaseUnits, squares: Int64, periodDays: Int, stockOutDays: Int) {
        precondition(periodDays >= 1, "a period has a day")
        self.consumed = consumed
        self.squares = max(0, squares)
        self.periodDays = periodDays
        self.stockOutDays = min(max(0, stockOutDays), periodDays)
    }

    /// What was used, from 0.
    var used: Int128 { Int128(max(0, consumed.rawValue)) }

    /// The days that consumption is spread over: those with stock, or all of them when there was never any.
    var demandDays: Int { stockOutDays < periodDays ? periodDays - stockOutDays : periodDays }

    /// Whether nothing was available on any day, so that consumption says nothing about demand.
    public var isAllStockOut: Bool { stockOutDays == periodDays }
}

/// What a store has of a product, or will have without asking again.
public struct StockPosition: Sendable, Hashable {
    public let onHand: BaseUnits
    /// On its way from another store of the consortium.
    public let inTransit: BaseUnits
    /// Ordered or approved, and not yet received.
    public let onOrder: BaseUnits

    public init(onHand: BaseUnits, inTransit: BaseUnits, onOrder: BaseUnits) {
        self.onHand = onHand
        self.inTransit = inTransit
        self.onOrder = onOrder
    }

    var total: Int128 { Int128(onHand.rawValue) + Int128(inTransit.rawValue) + Int128(onOrder.rawValue) }
}

/// The whole pack a product is bought in: that of its cheapest article per base unit.
public struct PurchasePack: Sendable, Hashable {
    /// Base units in the pack, from 1.
    public let size: BaseUnits
    /// What the pack is called: 盒.
    public let unit: String
    /// What the base units are called.
    public let baseUnit: UnitWord

    public init(size: BaseUnits, unit: String, baseUnit: UnitWord) {
        precondition(size.rawValue >= 1, "a pack holds something")
        self.size = size
        self.unit = unit
        self.baseUnit = baseUnit
    }

    /// `need` rounded up to whole packs, and down when that is more than a person may enter.
    func rounded(_ need: Int128) -> BaseUnits {
        let size = Int128(size.rawValue)
        let packs = WholeNumbers.quotientRoundedUp(max(0, need), by: size)
        return BaseUnits(Int64(min(packs, Int128(BaseUnits.entryMax.rawValue) / size) * size))
    }
}

/// Everything a strategy looks at for one product in one store.
public struct ProductFigures: Sendable, Hashable {
    /// Without what instalments of long prescriptions took.
    public let history: DemandHistory
    public let position: StockPosition
    public let refills: RefillFigures
    public let pack: PurchasePack

    public init(history: DemandHistory, position: StockPosition, refills: RefillFigures, pack: PurchasePack) {
        self.history = history
        self.position = position
        self.refills = refills
        self.pack = pack
    }
}

/// How much to ask for, and the sentence that shows where the number comes from.
public struct Suggestion: Sendable, Hashable {
    /// Base units, whole packs.
    public let quantity: BaseUnits
    public let explanation: Phrase

    public init(quantity: BaseUnits, explanation: Phrase) {
        self.quantity = quantity
        self.explanation = explanation
    }
}

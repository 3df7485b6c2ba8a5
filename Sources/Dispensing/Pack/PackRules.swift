public import Primitives

/// A quantity of one opened pack, in base units.
public struct PackPart: Sendable, Hashable {
    public let pack: OpenedPackID
    public let quantity: BaseUnits

    public init(pack: OpenedPackID, quantity: BaseUnits) {
        self.pack = pack
        self.quantity = quantity
    }
}

/// How a quantity of one batch leaves a store: in whole packs, out of packs that are open, out of packs opened for it.
public struct PackSplit: Sendable, Hashable {
    /// A pack that is opened now.
    public struct Opening: Sendable, Hashable {
        /// Base units in it.
        public let units: BaseUnits
        /// Base units taken of it at once.
        public let taken: BaseUnits
        /// Whether these are loose units rather than a whole pack.
        public let isFound: Bool
    }

    /// What the open packs no longer hold, because the ledger does not.
    public var moved: [PackPart] = []
    public var wholePacks = 0
    public var fromOpened: [PackPart] = []
    public var openings: [Opening] = []

    /// Base units that do not leave in whole packs.
    public var split: BaseUnits { fromOpened.map(\.quantity).sum() + openings.map(\.taken).sum() }
    /// How many whole packs are opened for it.
    public var packsOpened: Int { openings.filter { !$0.isFound }.count }
}

/// Decides which packs a quantity comes from. Pure: reads nothing.
public enum PackRules {
    /// Whole packs first; what is less than a pack comes from the packs of the batch that are open, the longest open first,
    /// then from loose units, then from a pack that is opened for it. When there are too few whole packs left, open ones
    /// give more.
    ///
    /// The ledger has the last word on what is there: where the open packs would hold more of the batch than it does, the
    /// difference was counted out, quarantined or sent elsewhere, and is taken off them, the longest open first.
    ///
    /// Source: R-ST-02 (opened packs); own rule for the order.
    ///
    /// - Parameters:
    ///   - quantity: base units that leave, at most `available`.
    ///   - available: base units of the batch in the store before they leave.
    ///   - packSize: base units in a whole pack.
    ///   - opened: the open packs of the batch in the store with what they hold, the longest open first.
    public static func split(
        _ quantity: BaseUnits, of available: BaseUnits, packSize: BaseUnits, opened: [PackPart]
    ) -> PackSplit {
        precondition(quantity > 0 && quantity <= available && packSize > 0, "what leaves is there")
        var split = PackSplit()
        var excess = max(0, opened.map(\.quantity).sum().rawValue - available.rawValue)
        var open: [(pack: OpenedPackID, left: Int64)] = []
        for pack in opened {
            let gone = min(excess, pack.quantity.rawValue)
            excess -= gone
            if gone > 0 { split.moved.append(PackPart(pack: pack.pack, quantity: BaseUnits(gone))) }
            if pack.quantity.rawValue > gone { open.append((pack.pack, pack.quantity.rawValue - gone)) }
        }
        let size = packSize.rawValue
        let sealed = available.rawValue - open.map(\.left).reduce(0, +)
        let whole = min(quantity.rawValue / size, sealed / size)
        split.wholePacks = Int(whole)
        var rest = quantity.rawValue - whole * size
        for pack in open where rest > 0 {
            let taken = min(rest, pack.left)
            split.fromOpened.append(PackPart(pack: pack.pack, quantity: BaseUnits(taken)))
            rest -= taken
        }
        for (units, isFound) in [(sealed % size, true), (size, false)] where rest > 0 && units > 0 {
            let taken = min(rest, units)
            split.openings.append(PackSplit.Opening(units: BaseUnits(units), taken: BaseUnits(taken), isFound: isFound))
            rest -= taken
        }
        precondition(rest == 0, "what leaves is there")
        return split
    }
}
